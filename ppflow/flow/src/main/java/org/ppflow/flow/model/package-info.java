/**
 * The diffusion transformer over a schedule of patch levels: one sub-graph a level, its own projections and position table,
 * the same blocks. Depends on {@code level} and {@code nn}.
 */
@NullMarked
package org.ppflow.flow.model;

import org.jspecify.annotations.NullMarked;
