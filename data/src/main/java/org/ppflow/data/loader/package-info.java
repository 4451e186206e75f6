/**
 * Batches of latents in a shuffled order that is a pure function of (seed, epoch, position). Depends on {@code latents}.
 */
@NullMarked
package org.ppflow.data.loader;

import org.jspecify.annotations.NullMarked;
