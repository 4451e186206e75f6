package org.ppflow.nn.layer;

import java.util.ArrayList;
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
     * @param products x·Wᵀ of query, key, value, each by head, (n·L, 3D)
     * @param addend their bias, (3D)
     */
    public <T extends TNumber> Trace<T> apply(
            Ops tf, ComputeType<T> type, Kernels kernels, Operand<T> products, Operand<TFloat32> addend) {
        List<Output<?>> parts = kernels.call(
                tf, "split_heads_" + length + "_" + interleaved, List.of(products, addend), this::splitHeads);
        Operand<T> query = parts.get(0).expect(type.type());
        Operand<T> key = parts.get(1).expect(type.type());
        Operand<T> value = parts.get(2).expect(type.type());
        // (n, heads, L, d) · (n, heads, d, L) -> (n, heads, L, L)
        Operand<T> raw = BatchProduct.ofTransposedSecond(tf, query, key);
        Operand<T> scores = bias.isPresent() ? tf.math.add(raw, type.down(tf, bias.get())) : raw;
        Operand<T> probabilities = tf.nn.softmax(scores);
        Operand<T> mixed = BatchProduct.of(tf, probabilities, value);
        return new Trace<>(query, key, value, probabilities, mixed, merge(tf, mixed));
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
        Operand<T> dQuery = BatchProduct.of(tf, dScores, trace.key());
        Operand<T> dKey = BatchProduct.ofTransposedFirst(tf, dScores, trace.query());
        return kernels.call(tf, "join_heads_" + interleaved, List.of(dQuery, dKey, dValue), this::joinHeads)
                .get(0)
                .expect(type.type());
    }

    /** Query, scaled, key and value, each (n, heads, L, d). */
    private List<Operand<?>> splitHeads(Ops tf, List<? extends Operand<?>> inputs) {
        Operand<TFloat32> sum = tf.math.add(
                tf.dtypes.cast(inputs.get(0), TFloat32.class), tf.dtypes.cast(inputs.get(1), TFloat32.class));
        List<Operand<?>> parts = new ArrayList<>();
        for (int part = 0; part < 3; part++) {
            // (n·L, 3D) -> (n·L, D) -> (n, heads, L, d)
            Operand<TFloat32> one = split(
                    tf, tf.slice(sum, tf.constant(new int[] {0, part * width}), tf.constant(new int[] {-1, width})));
            parts.add(typed(tf, part == 0 ? tf.math.mul(one, tf.constant(scale())) : one, inputs.get(0)));
        }
        return parts;
    }

    /** The inverse: gradients of query, scaled here, key and value to (n·L, 3D). */
    private List<Operand<?>> joinHeads(Ops tf, List<? extends Operand<?>> inputs) {
        List<Operand<TFloat32>> parts = new ArrayList<>();
        for (int part = 0; part < 3; part++) {
            Operand<TFloat32> one = tf.dtypes.cast(inputs.get(part), TFloat32.class);
            // (n, heads, L, d) -> (n·L, D)
            parts.add(merge(tf, part == 0 ? tf.math.mul(one, tf.constant(scale())) : one));
        }
        return List.of(typed(tf, tf.concat(parts, tf.constant(1)), inputs.get(0)));
    }

    private static Operand<?> typed(Ops tf, Operand<TFloat32> value, Operand<?> like) {
        return tf.dtypes.cast(value, like.asOutput().type().asSubclass(TNumber.class));
    }

    /** P·(dP − Σ dP·P) over keys; the sum equals that of dO·O over the width, which is a quarter of the numbers. */
    private static List<Operand<?>> softmaxGradient(Ops tf, List<? extends Operand<?>> inputs) {
        Operand<TFloat32> probabilities = tf.dtypes.cast(inputs.get(0), TFloat32.class);
        Operand<TFloat32> gradient = tf.dtypes.cast(inputs.get(1), TFloat32.class);
        Operand<TFloat32> dMixed = tf.dtypes.cast(inputs.get(2), TFloat32.class);
        Operand<TFloat32> mixed = tf.dtypes.cast(inputs.get(3), TFloat32.class);
        Operand<TFloat32> sums = tf.sum(tf.math.mul(dMixed, mixed), tf.constant(new int[] {-1}), Sum.keepDims(true));
        Operand<TFloat32> scores = tf.math.mul(probabilities, tf.math.sub(gradient, sums));
        return List.of(typed(tf, scores, inputs.get(0)));
    }

    /** (n, heads, L, d) to (n·L, D). */
    private <T extends TNumber> Operand<T> merge(Ops tf, Operand<T> mixed) {
        // (n, heads, L, d) -> (n, heads, L/s, s, d) -> (n, s, L/s, heads, d) -> (n·L, D)
        return tf.reshape(
                tf.linalg.transpose(
                        tf.reshape(
                                mixed,
                                tf.constant(new int[] {-1, heads, length / interleaved, interleaved, width / heads})),
                        tf.constant(new int[] {0, 3, 2, 1, 4})),
                tf.constant(new int[] {-1, width}));
    }

    /** The inverse of merge. */
    private <T extends TNumber> Operand<T> split(Ops tf, Operand<T> merged) {
        // (n·L, D) -> (n, s, L/s, heads, d) -> (n, heads, L/s, s, d) -> (n, heads, L, d)
        return tf.reshape(
                tf.linalg.transpose(
                        tf.reshape(
                                merged,
                                tf.constant(new int[] {-1, interleaved, length / interleaved, heads, width / heads})),
                        tf.constant(new int[] {0, 3, 2, 1, 4})),
                tf.constant(new int[] {-1, heads, length, width / heads}));
    }

    private float scale() {
        return (float) (1 / Math.sqrt((double) width / heads));
    }
}
