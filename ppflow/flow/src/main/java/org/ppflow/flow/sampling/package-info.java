/**
 * From noise to latents: time grids, ODE solvers, guidance per level, the sampling sub-graphs and the ledger of evaluations.
 * Depends on {@code level}, {@code pyramid}, {@code model}, {@code transport} and {@code nn}.
 */
@NullMarked
package org.ppflow.flow.sampling;

import org.jspecify.annotations.NullMarked;
