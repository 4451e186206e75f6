package org.ppflow.flow.model;

import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * How a stage of a pyramid sees a latent: every square of pixels as its mean (bilinear down-sampling by 2, as often as it takes), and each pixel
 * that comes back as the square again (nearest). So states and velocities have one shape at all levels.
 *
 * <p>Dimensions: n images, C channels, H × W pixels, r the side of a square.
 *
 * @param factor r; 1 changes nothing
 * @param height H, a multiple of r
 * @param width W, a multiple of r
 */
record Downsampling(int factor, int height, int width) {
    Downsampling {
        if (factor < 1 || height % factor != 0 || width % factor != 0) {
            throw new IllegalArgumentException("factor: " + factor + " does not divide latent " + height + "x" + width);
        }
    }

    /** H / r. */
    int rows() {
        return height / factor;
    }

    /** W / r. */
    int columns() {
        return width / factor;
    }

    /** (n, C, H, W) to (n, C, H/r, W/r). */
    Operand<TFloat32> down(Ops tf, Operand<TFloat32> images, int channels) {
        if (factor == 1) {
            return images;
        }
        // (n, C, H, W) -> (n, C, H/r, r, W/r, r) -> (n, C, H/r, W/r)
        Operand<TFloat32> squares =
                tf.reshape(images, tf.constant(new int[] {-1, channels, rows(), factor, columns(), factor}));
        return tf.math.mean(squares, tf.constant(new int[] {3, 5}));
    }

    /** (n, C, H/r, W/r) to (n, C, H, W). */
    Operand<TFloat32> up(Ops tf, Operand<TFloat32> images, int channels) {
        if (factor == 1) {
            return images;
        }
        // (n, C, H/r, W/r) -> (n, C, H/r, 1, W/r, 1) -> (n, C, H/r, r, W/r, r) -> (n, C, H, W)
        Operand<TFloat32> single = tf.reshape(images, tf.constant(new int[] {-1, channels, rows(), 1, columns(), 1}));
        float[] ones = new float[factor * factor];
        Arrays.fill(ones, 1);
        // Times ones: exact, and the gradient is the sum over the square.
        Operand<TFloat32> squares = tf.math.mul(
                single, tf.constant(Shape.of(1, 1, 1, factor, 1, factor), DataBuffers.of(ones, true, false)));
        return tf.reshape(squares, tf.constant(new int[] {-1, channels, height, width}));
    }
}
