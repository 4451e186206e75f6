/**
 * Weight files and array files: safetensors, npy and npz, read and written tensor by tensor. A file is read through
 * {@link org.ppflow.nn.weights.TensorFile} whatever its format, and written from
 * {@link org.ppflow.nn.weights.TensorSource}s. Nothing here knows what the tensors mean. May use {@code nn.array},
 * {@code nn.errors} and {@code nn.files}.
 *
 * <p>Files come from strangers: whatever is wrong with one ends in a {@link org.ppflow.nn.errors.BadInputException}, and
 * memory is bounded by what the file really holds, never by what it claims.
 */
@NullMarked
package org.ppflow.nn.weights;

import org.jspecify.annotations.NullMarked;
