package org.ppflow.flow.model;

import org.ppflow.nn.layer.Attention;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The published packing with its two errors (their {@code modules/patch_n_pack.py}): s images of a level share a row of attention, their
 * tokens interleaved (token k of image i at place k·s + i), while the mask is made for blocks of neighbouring places; and
 * the mask is 1 inside a block and 0 outside, <em>added</em> to the scores, so nothing is cut off.
 *
 * @param images s, images that share a row
 */
record AuthorsPacking(int images) implements TokenMixing {
    /**
     * Packing of a level.
     *
     * @param tokens of an image of the level
     * @param finest tokens of an image of the finest level, which is a row
     * @throws IllegalArgumentException if whole images do not fill a row
     */
    static TokenMixing of(int tokens, int finest) {
        if (finest % tokens != 0) {
            throw new IllegalArgumentException(
                    "packing: images of " + tokens + " tokens do not fill a row of " + finest + " as the authors pack");
        }
        return finest == tokens ? TokenMixing.ISOLATED : new AuthorsPacking(finest / tokens);
    }

    @Override
    public Operand<TFloat32> attend(Ops tf, Attention attention, Operand<TFloat32> x, int tokens) {
        int row = images * tokens;
        int width = attention.width();
        // (n·L, D) -> (n/s, s, L, D) -> (n/s, L, s, D) -> (n·L, D): interleaved
        Operand<TFloat32> packed = swapped(tf, x, images, tokens, width);
        Operand<TFloat32> attended = attention.apply(tf, packed, row, mask(tf, row, tokens));
        return swapped(tf, attended, tokens, images, width);
    }

    private static Operand<TFloat32> swapped(Ops tf, Operand<TFloat32> x, int outer, int inner, int width) {
        Operand<TFloat32> apart = tf.reshape(x, tf.constant(new int[] {-1, outer, inner, width}));
        return tf.reshape(
                tf.linalg.transpose(apart, tf.constant(new int[] {0, 2, 1, 3})), tf.constant(new int[] {-1, width}));
    }

    private static Operand<TFloat32> mask(Ops tf, int row, int block) {
        float[] mask = new float[row * row];
        for (int query = 0; query < row; query++) {
            for (int key = query / block * block; key < (query / block + 1) * block; key++) {
                mask[query * row + key] = 1;
            }
        }
        return tf.constant(Shape.of(row, row), DataBuffers.of(mask, true, false));
    }
}
