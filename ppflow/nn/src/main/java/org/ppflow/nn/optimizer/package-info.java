/**
 * What changes weights in a training step: sums and norms of gradients, AdamW with PyTorch's arithmetic, and moving
 * averages of weights. Depends on {@code graph} and {@code session}.
 */
@NullMarked
package org.ppflow.nn.optimizer;

import org.jspecify.annotations.NullMarked;
