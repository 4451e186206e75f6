package org.ppflow.nn.layer;

import java.util.List;
import org.ppflow.nn.graph.Initializer;
import org.ppflow.nn.graph.VariableScope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Multi-head self-attention with one projection for queries, keys and values, as in timm: softmax(q·kᵀ/√d)·v.
 *
 * <p>Dimensions: n images, L tokens an image, D width, d = D / heads.
 *
 * @param qkv D → 3D; output order (q, k, v), then head, then d
 * @param projection D → D
 * @param heads number of heads
 * @param width D
 */
public record Attention(Linear qkv, Linear projection, int heads, int width) {
    public Attention {
        if (heads < 1 || width % heads != 0) {
            throw new IllegalArgumentException("heads: " + heads + " does not divide the hidden size " + width);
        }
    }

    /** Variables {@code qkv.*} and {@code proj.*} of a scope, Xavier uniform. */
    public static Attention in(VariableScope scope, int width, int heads) {
        return new Attention(
                Linear.in(scope.child("qkv"), width, 3 * width, Initializer.xavierUniform()),
                Linear.in(scope.child("proj"), width, width, Initializer.xavierUniform()),
                heads,
                width);
    }

    /**
     * Applies it; no token sees another image.
     *
     * @param x (n·L, D)
     * @param tokens L
     */
    public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x, int tokens) {
        int size = width / heads;
        // (n·L, 3D) -> (n, L, 3, heads, d) -> (3, n, heads, L, d)
        Operand<TFloat32> joined = tf.linalg.transpose(
                tf.reshape(qkv.apply(tf, x), tf.constant(new int[] {-1, tokens, 3, heads, size})),
                tf.constant(new int[] {2, 0, 3, 1, 4}));
        List<org.tensorflow.Output<TFloat32>> parts = tf.unstack(joined, 3L).output();
        Operand<TFloat32> query = tf.math.mul(parts.get(0), tf.constant((float) (1 / Math.sqrt(size))));
        // (n, heads, L, d) · (n, heads, d, L) -> (n, heads, L, L)
        Operand<TFloat32> scores = BatchProduct.ofTransposedSecond(tf, query, parts.get(1));
        Operand<TFloat32> mixed = BatchProduct.of(tf, tf.nn.softmax(scores), parts.get(2));
        // (n, heads, L, d) -> (n, L, heads, d) -> (n·L, D)
        Operand<TFloat32> merged = tf.reshape(
                tf.linalg.transpose(mixed, tf.constant(new int[] {0, 2, 1, 3})), tf.constant(new int[] {-1, width}));
        return projection.apply(tf, merged);
    }
}
