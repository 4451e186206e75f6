/**
 * Pictures as bytes, and how they come to the size that a codec takes. May use {@code nn.errors} and TensorFlow, whose decoders are
 * libjpeg-turbo and libpng.
 *
 * <p>Layout: uint8, rows, then columns, then channels (H, W, C), as files have them; a batch is (N, H, W, C).
 */
@NullMarked
package org.ppflow.data.picture;

import org.jspecify.annotations.NullMarked;
