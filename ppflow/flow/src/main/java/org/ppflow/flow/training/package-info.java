/**
 * Training: the random numbers of a batch, the static graph of a step, the loop, checkpoints, listeners, and
 * averages of the weights, also those made afterwards. Depends
 * on {@code level}, {@code pyramid}, {@code model}, {@code transport} and {@code nn}; latents come through {@code LatentSource}.
 */
@NullMarked
package org.ppflow.flow.training;

import org.jspecify.annotations.NullMarked;
