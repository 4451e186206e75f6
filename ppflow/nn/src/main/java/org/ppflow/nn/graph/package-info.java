/**
 * A network's variables in a static TensorFlow graph: stores and scopes with PyTorch's names, initial values, gradients,
 * compiled kernels, the type of products.
 * Depends on {@code array} and {@code random}.
 */
@NullMarked
package org.ppflow.nn.graph;

import org.jspecify.annotations.NullMarked;
