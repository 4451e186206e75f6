/**
 * Velocities of given arrays: one pass of a network, without a solver, for comparing and for using a network elsewhere. Depends on
 * {@code level}, {@code model}, {@code sampling} and {@code nn}.
 */
@NullMarked
package org.ppflow.flow.forward;

import org.jspecify.annotations.NullMarked;
