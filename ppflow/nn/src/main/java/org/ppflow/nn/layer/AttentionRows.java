package org.ppflow.nn.layer;

import java.util.List;
import java.util.Optional;
import org.ppflow.nn.graph.ComputeType;
import org.ppflow.nn.graph.Kernels;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/**
 * What stands between the two projections of attention, for rows of equal length: softmax(q·kᵀ/√d + bias)·v, and its gradient.
 *
 * <p>Dimensions: n rows, L tokens a row, D width, d = D / heads.
 *
 * @param length L
 * @param interleaved sequences that lie one after the other in memory and share a row token by token; 1 for none
 * @param heads number of heads
 * @param width D
 * @param bias added to the scores, (L, L) or (n, 1, L, L)
 */
public record AttentionRows(int length, int interleaved, int heads, int width, Optional<Operand<TFloat32>> bias) {
    /**
     * What the gradient needs of the forward pass.
     *
     * @param query scaled, (n, heads, L, d)
     * @param key (n, heads, L, d)
     * @param value (n, heads, L, d)
     * @param probabilities (n, heads, L, L)
     * @param mixed probabilities · value, (n, heads, L, d)
     * @param merged the result, (n·L, D)
     */
    public record Trace<T extends TNumber>(
            Operand<T> query,
            Operand<T> key,
            Operand<T> value,
            Operand<T> probabilities,
            Operand<T> mixed,
            Operand<T> merged) {}

    public AttentionRows {
        if (length % interleaved != 0 || width % heads != 0) {
            throw new IllegalArgumentException(
                    "rows of " + length + " in " + interleaved + " parts, width " + width + " in " + heads + " heads");
        }
    }

    /**
     * Forward pass.
     *
     * @param qkv (n·L, 3D): query, key, value, each by head
     */
    public <T extends TNumber> Trace<T> apply(Ops tf, ComputeType<T> type, Operand<T> qkv) {
        int size = width / heads;
        // (n·L, 3D) -> (n, s, L/s, 3, heads, d) -> (3, n, heads, L/s, s, d) -> (3, n, heads, L, d)
        Operand<T> apart = interleaved == 1
                ? tf.linalg.transpose(
                        tf.reshape(qkv, tf.constant(new int[] {-1, length, 3, heads, size})),
                        tf.constant(new int[] {2, 0, 3, 1, 4}))
                : tf.reshape(
                        tf.linalg.transpose(
                                tf.reshape(
                                        qkv,
                                        tf.constant(new int[] {-1, interleaved, length / interleaved, 3, heads, size})),
                                tf.constant(new int[] {3, 0, 4, 2, 1, 5})),
                        tf.constant(new int[] {3, -1, heads, length, size}));
        List<Output<T>> parts = tf.unstack(apart, 3L).output();
        Operand<T> query = tf.math.mul(parts.get(0), type.down(tf, tf.constant(scale())));
        // (n, heads, L, d) · (n, heads, d, L) -> (n, heads, L, L)
        Operand<T> products = BatchProduct.ofTransposedSecond(tf, query, parts.get(1));
        Operand<T> scores = bias.isPresent() ? tf.math.add(products, type.down(tf, bias.get())) : products;
        Operand<T> probabilities = tf.nn.softmax(scores);
        Operand<T> mixed = BatchProduct.of(tf, probabilities, parts.get(2));
        return new Trace<>(query, parts.get(1), parts.get(2), probabilities, mixed, merge(tf, mixed));
    }

    /**
     * Backward pass.
     *
     * @param gradient of the result, (n·L, D)
     * @return gradient of qkv, (n·L, 3D)
     */
    public <T extends TNumber> Operand<T> gradient(
            Ops tf, ComputeType<T> type, Kernels kernels, Trace<T> trace, Operand<T> gradient) {
        Operand<T> dMixed = split(tf, gradient);
        Operand<T> dValue = BatchProduct.ofTransposedFirst(tf, trace.probabilities(), dMixed);
        Operand<T> dProbabilities = BatchProduct.ofTransposedSecond(tf, dMixed, trace.value());
        Operand<T> dScores = kernels.call(
                        tf,
                        "softmax_gradient",
                        List.of(trace.probabilities(), dProbabilities, dMixed, trace.mixed()),
                        AttentionRows::softmaxGradient)
                .get(0)
                .expect(type.type());
        Operand<T> dQuery = tf.math.mul(BatchProduct.of(tf, dScores, trace.key()), type.down(tf, tf.constant(scale())));
        Operand<T> dKey = BatchProduct.ofTransposedFirst(tf, dScores, trace.query());
        return join(tf, tf.stack(List.of(dQuery, dKey, dValue)));
    }

    /** P·(dP − Σ dP·P) over keys; the sum equals that of dO·O over the width, which is a quarter of the numbers. */
    private static List<Operand<?>> softmaxGradient(Ops tf, List<? extends Operand<?>> inputs) {
        Operand<TFloat32> probabilities = tf.dtypes.cast(inputs.get(0), TFloat32.class);
        Operand<TFloat32> gradient = tf.dtypes.cast(inputs.get(1), TFloat32.class);
        Operand<TFloat32> dMixed = tf.dtypes.cast(inputs.get(2), TFloat32.class);
        Operand<TFloat32> mixed = tf.dtypes.cast(inputs.get(3), TFloat32.class);
        Operand<TFloat32> sums = tf.sum(tf.math.mul(dMixed, mixed), tf.constant(new int[] {-1}), Sum.keepDims(true));
        Operand<TFloat32> scores = tf.math.mul(probabilities, tf.math.sub(gradient, sums));
        return List.of(tf.dtypes.cast(scores, inputs.get(0).asOutput().type().asSubclass(TNumber.class)));
    }

    /** (n, heads, L, d) to (n·L, D). */
    private <T extends TNumber> Operand<T> merge(Ops tf, Operand<T> mixed) {
        int size = width / heads;
        Operand<T> ordered = interleaved == 1
                ? tf.linalg.transpose(mixed, tf.constant(new int[] {0, 2, 1, 3}))
                // (n, heads, L/s, s, d) -> (n, s, L/s, heads, d)
                : tf.linalg.transpose(
                        tf.reshape(mixed, tf.constant(new int[] {-1, heads, length / interleaved, interleaved, size})),
                        tf.constant(new int[] {0, 3, 2, 1, 4}));
        return tf.reshape(ordered, tf.constant(new int[] {-1, width}));
    }

    /** The inverse of merge. */
    private <T extends TNumber> Operand<T> split(Ops tf, Operand<T> merged) {
        int size = width / heads;
        return interleaved == 1
                ? tf.linalg.transpose(
                        tf.reshape(merged, tf.constant(new int[] {-1, length, heads, size})),
                        tf.constant(new int[] {0, 2, 1, 3}))
                // (n, s, L/s, heads, d) -> (n, heads, L/s, s, d)
                : tf.reshape(
                        tf.linalg.transpose(
                                tf.reshape(
                                        merged,
                                        tf.constant(new int[] {-1, interleaved, length / interleaved, heads, size})),
                                tf.constant(new int[] {0, 3, 2, 1, 4})),
                        tf.constant(new int[] {-1, heads, length, size}));
    }

    /** (3, n, heads, L, d) to (n·L, 3D), the inverse of what {@link #apply} begins with. */
    private <T extends TNumber> Operand<T> join(Ops tf, Operand<T> parts) {
        int size = width / heads;
        Operand<T> ordered = interleaved == 1
                ? tf.linalg.transpose(parts, tf.constant(new int[] {1, 3, 0, 2, 4}))
                // (3, n, heads, L/s, s, d) -> (n, s, L/s, 3, heads, d)
                : tf.linalg.transpose(
                        tf.reshape(
                                parts, tf.constant(new int[] {3, -1, heads, length / interleaved, interleaved, size})),
                        tf.constant(new int[] {1, 4, 3, 0, 2, 5}));
        return tf.reshape(ordered, tf.constant(new int[] {-1, 3 * width}));
    }

    private float scale() {
        return (float) (1 / Math.sqrt((double) width / heads));
    }
}
