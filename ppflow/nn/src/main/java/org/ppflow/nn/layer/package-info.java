/**
 * Layers of a transformer and of a small convolutional network, as functions over a variable scope, some with their
 * gradients written out. Weights have PyTorch's names, shapes and layout. Depends on {@code graph}.
 */
@NullMarked
package org.ppflow.nn.layer;

import org.jspecify.annotations.NullMarked;
