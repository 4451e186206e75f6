package org.ppflow.data.autoencoder;

import java.util.List;
import java.util.Map;
import org.ppflow.nn.graph.Kernels;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/**
 * The layers of both halves, on activations (n, h, w, C) of static shape. What lies between convolutions is one compiled kernel: it waits for memory, so
 * every pass counts. Counts the operations of convolutions and products on the way, as the published network does them.
 *
 * @param <T> type of activations and products; norms and softmax compute in float32
 */
final class AutoencoderLayers<T extends TNumber> {
    /** Of all group norms. */
    private static final float EPSILON = 1e-6f;

    private final Ops tf;
    private final AutoencoderWeights<T> weights;
    private final Kernels kernels;
    private final int groups;
    private final Map<String, Operand<T>> stages;
    private double flops;

    /**
     * Layers in a graph.
     *
     * @param stages gets every block's result by name
     */
    AutoencoderLayers(
            Ops tf, AutoencoderWeights<T> weights, Kernels kernels, int groups, Map<String, Operand<T>> stages) {
        this.tf = tf;
        this.weights = weights;
        this.kernels = kernels;
        this.groups = groups;
        this.stages = stages;
    }

    /** Operations so far, two a multiply-add. */
    double flops() {
        return flops;
    }

    Operand<T> stage(String name, Operand<T> value) {
        stages.put(name, value);
        return value;
    }

    /** 1×1 or 3×3 convolution that keeps the size. (n, h, w, in) → (n, h, w, out). */
    Operand<T> conv(String name, Operand<T> x) {
        Operand<T> kernel = weights.get(name + ".weight", KernelLayout.CONVOLUTION);
        count(name, x, 1);
        return biased(name, tf.nn.conv2d(x, kernel, List.of(1L, 1L, 1L, 1L), "SAME"));
    }

    /** Halves the sides: 3×3 with stride 2; zeros below and on the right alone. (n, h, w, C) → (n, h/2, w/2, C). */
    Operand<T> down(String name, Operand<T> x) {
        Operand<T> kernel = weights.get(name + ".weight", KernelLayout.CONVOLUTION);
        count(name, x, 0.25);
        return biased(
                name,
                tf.nn.conv2d(
                        x,
                        kernel,
                        List.of(1L, 2L, 2L, 1L),
                        "EXPLICIT",
                        Conv2d.explicitPaddings(List.of(0L, 0L, 0L, 1L, 0L, 1L, 0L, 0L))));
    }

    /** Doubles the sides, nearest neighbour, then 3×3; see {@link KernelLayout#DOUBLED}. (n, h, w, C) → (n, 2h, 2w, C). */
    Operand<T> up(String name, Operand<T> x) {
        Operand<T> kernel = weights.get(name + ".weight", KernelLayout.DOUBLED);
        count(name, x, 4);
        // (n, h, w, C) -> (n, h + 1, w + 1, 4·C)
        Operand<T> windows = tf.nn.conv2d(
                x,
                kernel,
                List.of(1L, 1L, 1L, 1L),
                "EXPLICIT",
                Conv2d.explicitPaddings(List.of(0L, 0L, 1L, 1L, 1L, 1L, 0L, 0L)));
        Operand<T> bias = weights.get(name + ".bias", KernelLayout.VECTOR);
        return kernel("doubled", List.of(windows, bias), (ops, inputs) -> doubled(ops, inputs.get(0), inputs.get(1)));
    }

    /** (n, h + 1, w + 1, 4·C) -> (n, h + 1, 2, w + 1, 2, C) -> (n, 2h + 2, 2w + 2, C) -> (n, 2h, 2w, C). */
    private Operand<T> doubled(Ops ops, Operand<T> windows, Operand<T> bias) {
        Shape shape = windows.shape();
        long channels = shape.get(3) / 4;
        Operand<T> pixels = ops.reshape(
                windows, ops.constant(new long[] {shape.get(0), shape.get(1), shape.get(2), 2, 2, channels}));
        Operand<T> rows = ops.linalg.transpose(pixels, ops.constant(new int[] {0, 1, 3, 2, 4, 5}));
        Operand<T> whole = ops.reshape(
                rows, ops.constant(new long[] {shape.get(0), 2 * shape.get(1), 2 * shape.get(2), channels}));
        Operand<T> inner = ops.slice(whole, ops.constant(new long[] {0, 1, 1, 0}), ops.constant(new long[] {
            shape.get(0), 2 * shape.get(1) - 2, 2 * shape.get(2) - 2, channels
        }));
        return ops.math.add(inner, bias);
    }

    /** x + conv(silu(norm(conv(silu(norm(x)))))), x through a 1×1 convolution where the width changes. */
    Operand<T> residual(String name, Operand<T> x) {
        Operand<T> inner = conv(name + ".conv1", norm(name + ".norm1", x, true));
        Operand<T> outer = conv(name + ".conv2", norm(name + ".norm2", inner, true));
        int[] kernel = weights.torchShape(name + ".conv1.weight");
        Operand<T> straight = kernel[0] == kernel[1] ? x : conv(name + ".conv_shortcut", x);
        return stage(name, tf.math.add(straight, outer));
    }

    /** Group norm, ε 1e-6, and SiLU after it where asked for. */
    Operand<T> norm(String name, Operand<T> x, boolean silu) {
        return kernel(
                silu ? "norm_silu" : "norm",
                List.of(
                        x,
                        weights.get(name + ".weight", KernelLayout.VECTOR),
                        weights.get(name + ".bias", KernelLayout.VECTOR)),
                (ops, inputs) -> norm(ops, inputs.get(0), inputs.get(1), inputs.get(2), groups, silu));
    }

    /** (n, h, w, C) -> (n, h·w, G, C/G) and back. */
    static <T extends TNumber> Operand<T> norm(
            Ops ops, Operand<T> x, Operand<T> weight, Operand<T> bias, int groups, boolean silu) {
        Shape shape = x.shape();
        long places = shape.get(1) * shape.get(2);
        long channels = shape.get(3);
        Operand<TFloat32> grouped = ops.reshape(
                ops.dtypes.cast(x, TFloat32.class),
                ops.constant(new long[] {shape.get(0), places, groups, channels / groups}));
        Operand<TFloat32> centred = ops.math.sub(grouped, mean(ops, grouped));
        Operand<TFloat32> inverse =
                ops.math.rsqrt(ops.math.add(mean(ops, ops.math.square(centred)), ops.constant(EPSILON)));
        Operand<TFloat32> normal =
                ops.reshape(ops.math.mul(centred, inverse), ops.constant(new long[] {shape.get(0), places, channels}));
        Operand<TFloat32> y = ops.math.add(
                ops.math.mul(normal, ops.dtypes.cast(weight, TFloat32.class)), ops.dtypes.cast(bias, TFloat32.class));
        Operand<TFloat32> activated = silu ? ops.math.mul(y, ops.math.sigmoid(y)) : y;
        return ops.reshape(ops.dtypes.cast(activated, x.type()), ops.constant(shape.asArray()));
    }

    private static Operand<TFloat32> mean(Ops ops, Operand<TFloat32> grouped) {
        return ops.math.mean(grouped, ops.constant(new int[] {1, 3}), Mean.keepDims(true));
    }

    /** x + attention(norm(x)) over all places, one head of all channels. */
    Operand<T> attention(String name, Operand<T> x) {
        Shape shape = x.shape();
        long places = shape.get(1) * shape.get(2);
        long channels = shape.get(3);
        // (n, h, w, C) -> (n, h·w, C)
        Operand<T> tokens = tf.reshape(
                norm(name + ".group_norm", x, false), tf.constant(new long[] {shape.get(0), places, channels}));
        Operand<T> query = linear(name + ".to_q", tokens);
        Operand<T> key = linear(name + ".to_k", tokens);
        Operand<T> value = linear(name + ".to_v", tokens);
        flops += 4.0 * shape.get(0) * places * places * channels;
        // (n, L, C)·(n, C, L) -> (n, L, L)
        Operand<T> scores = product(query, key, true);
        float scale = (float) (1 / Math.sqrt((double) channels));
        Operand<TFloat32> wide = tf.math.mul(tf.dtypes.cast(scores, TFloat32.class), tf.constant(scale));
        Operand<T> shares = tf.dtypes.cast(tf.nn.softmax(wide), x.type());
        Operand<T> mixed = linear(name + ".to_out.0", product(shares, value, false));
        return stage(name, tf.math.add(x, tf.reshape(mixed, tf.constant(shape.asArray()))));
    }

    /** (n, L, C) → (n, L, C). */
    private Operand<T> linear(String name, Operand<T> tokens) {
        Shape shape = tokens.shape();
        long rows = shape.get(0) * shape.get(1);
        flops += 2.0 * rows * shape.get(2) * shape.get(2);
        Operand<T> flat = tf.reshape(tokens, tf.constant(new long[] {rows, shape.get(2)}));
        Operand<T> y = tf.linalg.matMul(flat, weights.get(name + ".weight", KernelLayout.MATRIX));
        return tf.reshape(
                tf.nn.biasAdd(y, weights.get(name + ".bias", KernelLayout.VECTOR)), tf.constant(shape.asArray()));
    }

    /** Products of matrices one by one. Version 2 of the op, which oneDNN has a kernel for. */
    private Operand<T> product(Operand<T> a, Operand<T> b, boolean transposed) {
        Operand<T> result = tf.scope()
                .env()
                .opBuilder("BatchMatMulV2", tf.scope().makeOpName("BatchMatMulV2"), tf.scope())
                .addInput(a.asOutput())
                .addInput(b.asOutput())
                .setAttr("adj_x", false)
                .setAttr("adj_y", transposed)
                .build()
                .output(0);
        return result;
    }

    private Operand<T> biased(String name, Operand<T> y) {
        return tf.nn.biasAdd(y, weights.get(name + ".bias", KernelLayout.VECTOR));
    }

    /** Counts a convolution's operations, of {@code area} times as many places as its input has. */
    private void count(String name, Operand<T> x, double area) {
        int[] kernel = weights.torchShape(name + ".weight");
        double places = (double) x.shape().get(0) * x.shape().get(1) * x.shape().get(2) * area;
        flops += 2 * places * kernel[0] * kernel[1] * kernel[2] * kernel[3];
    }

    /** What a kernel computes. */
    private interface Body<T extends TNumber> {
        Operand<T> of(Ops ops, List<Operand<T>> inputs);
    }

    @SuppressWarnings("unchecked") // inputs and result are of the activations' type
    private Operand<T> kernel(String name, List<Operand<T>> inputs, Body<T> body) {
        return (Operand<T>) (Operand<?>) kernels.call(
                        tf, name, inputs, (ops, places) -> List.of(body.of(ops, (List<Operand<T>>) (List<?>) places)))
                .get(0);
    }
}
