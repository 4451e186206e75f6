/**
 * What changes weights in a training step: AdamW with PyTorch's arithmetic, and moving averages of weights. Depends on
 * {@code graph}.
 */
@NullMarked
package org.ppflow.nn.optimizer;

import org.jspecify.annotations.NullMarked;
