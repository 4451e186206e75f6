/**
 * The diffusion transformer over a schedule of patch levels: each level has its own projections and position table, all share the
 * blocks. {@code Dit} adds the forward pass of one level, for any number of images; {@code BatchPass} forward and backward pass of a training batch. Depends on {@code level} and {@code nn}.
 */
@NullMarked
package org.ppflow.flow.model;

import org.jspecify.annotations.NullMarked;
