package org.ppflow.flow.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ppflow.flow.level.TokenLayout;
import org.ppflow.nn.graph.Kernels;
import org.ppflow.nn.graph.Variable;
import org.ppflow.nn.layer.Activations;
import org.ppflow.nn.layer.LayerNorm;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/**
 * The element-wise parts of a block and their gradients, on the rows of a layout: each is a pass over memory or two where it is compiled.
 *
 * <p>Dimensions: R rows, D width, N images of the batch, k parts of the modulation. Modulations are (N, k·D), part {@code at} of an
 * image's row is [at·D, (at + 1)·D).
 *
 * @param layout which image each row belongs to
 * @param width D
 * @param kernels of the graph
 */
record TokenKernels(TokenLayout layout, int width, Kernels kernels) {
    /**
     * Gradient of a gate.
     *
     * @param branch gradient of what is gated, (R, D)
     * @param gate gradient of the gate, (n, D) for the n images of the layout
     */
    record GateGradient<T extends TNumber>(Operand<T> branch, Operand<TFloat32> gate) {}

    /**
     * Gradient of a modulated norm.
     *
     * @param input (R, D)
     * @param shift (n, D)
     * @param scale (n, D)
     */
    record NormGradient(Operand<TFloat32> input, Operand<TFloat32> shift, Operand<TFloat32> scale) {}

    /** LayerNorm(x)·(1 + scale) + shift; shift is part at, scale part at + 1. */
    <T extends TNumber> Operand<T> modulatedNorm(
            Ops tf, Operand<TFloat32> x, Operand<TFloat32> modulation, int at, Class<T> type) {
        return call(tf, "modulated_norm", at, type, List.of(x, modulation), (ops, inputs) -> {
                    List<Operand<TFloat32>> rows = new ArrayList<>();
                    for (int group = 0; group < layout.groups().size(); group++) {
                        rows.add(flat(
                                ops,
                                Modulation.normalized(
                                        ops,
                                        tokens(ops, inputs.get(0), group),
                                        images(ops, inputs.get(1), group, at),
                                        images(ops, inputs.get(1), group, at + 1))));
                    }
                    return List.of(ops.dtypes.cast(joined(ops, rows), type));
                })
                .get(0)
                .expect(type);
    }

    /** x + gate·(branch + bias); the gate is part at. */
    <T extends TNumber> Operand<TFloat32> gatedSum(
            Ops tf, Operand<TFloat32> x, Operand<T> branch, Variable bias, Operand<TFloat32> modulation, int at) {
        return call(
                        tf,
                        "gated_sum",
                        at,
                        TFloat32.class,
                        List.of(x, branch, modulation, bias.value()),
                        (ops, inputs) -> {
                            List<Operand<TFloat32>> rows = new ArrayList<>();
                            for (int group = 0; group < layout.groups().size(); group++) {
                                rows.add(flat(
                                        ops,
                                        ops.math.add(
                                                tokens(ops, inputs.get(0), group),
                                                ops.math.mul(
                                                        ops.math.add(
                                                                tokens(ops, inputs.get(1), group),
                                                                wide(ops, inputs.get(3))),
                                                        images(ops, inputs.get(2), group, at)))));
                            }
                            return List.of(joined(ops, rows));
                        })
                .get(0)
                .expect(TFloat32.class);
    }

    /** GELU(x + bias). */
    <T extends TNumber> Operand<T> gelu(Ops tf, Operand<T> x, Variable bias, Class<T> type) {
        return kernels.call(
                        tf,
                        "gelu",
                        List.of(x, bias.value()),
                        (ops, inputs) -> List.of(ops.dtypes.cast(
                                Activations.geluTanh(
                                        ops, ops.math.add(wide(ops, inputs.get(0)), wide(ops, inputs.get(1)))),
                                type)))
                .get(0)
                .expect(type);
    }

    /** Gradient of GELU at x + bias, times that of its result. */
    <T extends TNumber> Operand<T> geluGradient(
            Ops tf, Operand<T> x, Variable bias, Operand<T> gradient, Class<T> type) {
        return kernels.call(
                        tf,
                        "gelu_gradient",
                        List.of(x, gradient, bias.value()),
                        (ops, inputs) -> List.of(ops.dtypes.cast(
                                ops.math.mul(
                                        wide(ops, inputs.get(1)),
                                        Activations.geluTanhSlope(
                                                ops, ops.math.add(wide(ops, inputs.get(0)), wide(ops, inputs.get(2))))),
                                type)))
                .get(0)
                .expect(type);
    }

    /** Gradient of {@link #gatedSum}; that of x is the gradient itself. */
    <T extends TNumber> GateGradient<T> gateGradient(
            Ops tf,
            Operand<TFloat32> gradient,
            Operand<T> branch,
            Variable bias,
            Operand<TFloat32> modulation,
            int at,
            Class<T> type) {
        var all = List.of(gradient, branch, modulation, bias.value());
        var results = call(tf, "gate_gradient", at, type, all, (ops, inputs) -> {
            List<Operand<TFloat32>> rows = new ArrayList<>();
            List<Operand<TFloat32>> gates = new ArrayList<>();
            for (int group = 0; group < layout.groups().size(); group++) {
                Operand<TFloat32> dy = tokens(ops, inputs.get(0), group);
                rows.add(flat(ops, ops.math.mul(dy, images(ops, inputs.get(2), group, at))));
                gates.add(overTokens(
                        ops,
                        ops.math.mul(dy, ops.math.add(tokens(ops, inputs.get(1), group), wide(ops, inputs.get(3))))));
            }
            return List.of(ops.dtypes.cast(joined(ops, rows), type), joined(ops, gates));
        });
        return new GateGradient<>(results.get(0).expect(type), results.get(1).expect(TFloat32.class));
    }

    /**
     * Gradient of {@link #modulatedNorm}.
     *
     * @param gradient of its result, (R, D)
     * @param beside what reaches x beside the norm, (R, D): it is added
     */
    <T extends TNumber> NormGradient normGradient(
            Ops tf,
            Operand<TFloat32> x,
            Operand<T> gradient,
            Operand<TFloat32> modulation,
            int at,
            Optional<Operand<TFloat32>> beside) {
        var results = call(
                tf,
                "norm_gradient",
                at,
                TFloat32.class,
                beside.isPresent() ? List.of(x, gradient, modulation, beside.get()) : List.of(x, gradient, modulation),
                (ops, inputs) -> {
                    List<Operand<TFloat32>> rows = new ArrayList<>();
                    List<Operand<TFloat32>> shifts = new ArrayList<>();
                    List<Operand<TFloat32>> scales = new ArrayList<>();
                    for (int group = 0; group < layout.groups().size(); group++) {
                        Operand<TFloat32> dy = tokens(ops, inputs.get(1), group);
                        Operand<TFloat32> centred = LayerNorm.centred(ops, tokens(ops, inputs.get(0), group));
                        Operand<TFloat32> inverse = LayerNorm.inverseDeviation(ops, centred);
                        Operand<TFloat32> normal = ops.math.mul(centred, inverse);
                        shifts.add(overTokens(ops, dy));
                        scales.add(overTokens(ops, ops.math.mul(dy, normal)));
                        Operand<TFloat32> g = ops.math.mul(
                                dy, ops.math.add(images(ops, inputs.get(2), group, at + 1), ops.constant(1f)));
                        // (g − mean g − x̂·mean(g·x̂)) / deviation
                        Operand<TFloat32> dx = ops.math.mul(
                                inverse,
                                ops.math.sub(
                                        ops.math.sub(g, mean(ops, g)),
                                        ops.math.mul(normal, mean(ops, ops.math.mul(g, normal)))));
                        rows.add(flat(
                                ops, inputs.size() == 4 ? ops.math.add(tokens(ops, inputs.get(3), group), dx) : dx));
                    }
                    return List.of(joined(ops, rows), joined(ops, shifts), joined(ops, scales));
                });
        return new NormGradient(
                results.get(0).expect(TFloat32.class),
                results.get(1).expect(TFloat32.class),
                results.get(2).expect(TFloat32.class));
    }

    private List<Output<?>> call(
            Ops tf, String name, int at, Class<?> type, List<? extends Operand<?>> inputs, Kernels.Body body) {
        return kernels.call(tf, name + "_" + at + "_" + layout.key() + "_" + type.getSimpleName(), inputs, body);
    }

    /** Rows of a group, (R, D) to (n, L, D). */
    private Operand<TFloat32> tokens(Ops tf, Operand<?> rows, int group) {
        TokenLayout.Group own = layout.groups().get(group);
        Operand<?> slice = layout.groups().size() == 1
                ? rows
                : tf.slice(rows, tf.constant(new int[] {layout.firstRow(group), 0}), tf.constant(new int[] {
                    own.rows(), width
                }));
        return wide(tf, tf.reshape(slice, tf.constant(new int[] {own.images(), own.tokens(), width})));
    }

    /** A part of the modulation of a group's images, (N, k·D) to (n, 1, D). */
    private Operand<TFloat32> images(Ops tf, Operand<?> modulation, int group, int at) {
        TokenLayout.Group own = layout.groups().get(group);
        return wide(
                tf,
                tf.reshape(
                        tf.slice(
                                modulation,
                                tf.constant(new int[] {own.firstImage(), at * width}),
                                tf.constant(new int[] {own.images(), width})),
                        tf.constant(new int[] {own.images(), 1, width})));
    }

    private static Operand<TFloat32> wide(Ops tf, Operand<?> value) {
        return tf.dtypes.cast(value, TFloat32.class);
    }

    private Operand<TFloat32> flat(Ops tf, Operand<TFloat32> tokens) {
        return tf.reshape(tokens, tf.constant(new int[] {-1, width}));
    }

    private static Operand<TFloat32> joined(Ops tf, List<Operand<TFloat32>> groups) {
        return groups.size() == 1 ? groups.get(0) : tf.concat(groups, tf.constant(0));
    }

    private static Operand<TFloat32> overTokens(Ops tf, Operand<TFloat32> tokens) {
        return tf.sum(tokens, tf.constant(new int[] {1}));
    }

    private static Operand<TFloat32> mean(Ops tf, Operand<TFloat32> x) {
        return tf.math.mean(x, tf.constant(new int[] {-1}), Mean.keepDims(true));
    }
}
