package org.ppflow.data.autoencoder;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.ppflow.nn.graph.ComputeType;
import org.ppflow.nn.graph.Initializer;
import org.ppflow.nn.graph.Variable;
import org.ppflow.nn.graph.VariableStore;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * The variables of an autoencoder's graph, made when a layer asks for them, each in the layout of its use.
 *
 * @param <T> type of products
 */
final class AutoencoderWeights<T extends TNumber> {
    private final Map<String, int[]> shapes;
    private final VariableStore store;
    private final ComputeType<T> type;
    private final Map<String, KernelLayout> layouts = new TreeMap<>();

    AutoencoderWeights(Ops tf, AutoencoderConfig config, ComputeType<T> type) {
        this.shapes = AutoencoderTensors.of(config);
        this.store = new VariableStore(tf, "autoencoder");
        this.type = type;
    }

    VariableStore store() {
        return store;
    }

    KernelLayout layout(Variable variable) {
        return java.util.Objects.requireNonNull(layouts.get(variable.name()));
    }

    /** Shape in the state dict. */
    int[] torchShape(String name) {
        int[] shape = shapes.get(name);
        if (shape == null) {
            throw new IllegalStateException("an autoencoder has no tensor " + name);
        }
        return shape;
    }

    /** A weight in the type of products. */
    Operand<T> get(String name, KernelLayout layout) {
        return type.of(variable(name, layout));
    }

    ComputeType<T> type() {
        return type;
    }

    private Variable variable(String name, KernelLayout layout) {
        layouts.putIfAbsent(name, layout);
        int[] shape = layout.shape(torchShape(name));
        return store.root().trainable(name, initializer(name, shape), shape);
    }

    /** Random weights that keep activations near 1, to measure with. */
    private static Initializer initializer(String name, int[] shape) {
        if (shape.length > 1) {
            return Initializer.heUniform(
                    (int) (Arrays.stream(shape).asLongStream().reduce(1, (a, b) -> a * b) / shape[shape.length - 1]));
        }
        if (name.contains("norm") && name.endsWith(".weight")) {
            return (stream, ones) -> {
                float[] values = new float[ones[0]];
                Arrays.fill(values, 1);
                return values;
            };
        }
        return Initializer.zeros();
    }
}
