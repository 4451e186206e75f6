package org.ppflow.flow.model;

import java.util.ArrayList;
import java.util.List;
import org.ppflow.nn.graph.ComputeType;
import org.ppflow.nn.graph.Kernels;
import org.ppflow.nn.layer.AttentionRows;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/**
 * Attention on a matrix of tokens: some of its rows after the other, each part with its own length of sequences.
 *
 * @param parts from the first row on
 */
record TokenAttention(List<Part> parts) {
    /**
     * Neighbouring rows of the matrix.
     *
     * @param rows how many
     * @param attention theirs
     */
    record Part(int rows, AttentionRows attention) {}

    TokenAttention {
        parts = List.copyOf(parts);
    }

    /** Forward pass of each part, from products x·Wᵀ, (R, 3D), and their bias, (3D). */
    <T extends TNumber> List<AttentionRows.Trace<T>> apply(
            Ops tf, ComputeType<T> type, Kernels kernels, Operand<T> products, Operand<TFloat32> bias) {
        List<AttentionRows.Trace<T>> traces = new ArrayList<>();
        for (int part = 0; part < parts.size(); part++) {
            traces.add(parts.get(part).attention().apply(tf, type, kernels, rows(tf, products, part), bias));
        }
        return traces;
    }

    /** The result, (R, D). */
    <T extends TNumber> Operand<T> merged(Ops tf, List<AttentionRows.Trace<T>> traces) {
        return joined(tf, traces.stream().map(AttentionRows.Trace::merged).toList());
    }

    /** Backward pass, from the gradient of the result, (R, D), to that of qkv, (R, 3D). */
    <T extends TNumber> Operand<T> gradient(
            Ops tf, ComputeType<T> type, Kernels kernels, List<AttentionRows.Trace<T>> traces, Operand<T> gradient) {
        List<Operand<T>> gradients = new ArrayList<>();
        for (int part = 0; part < parts.size(); part++) {
            gradients.add(parts.get(part)
                    .attention()
                    .gradient(tf, type, kernels, traces.get(part), rows(tf, gradient, part)));
        }
        return joined(tf, gradients);
    }

    private <T extends TNumber> Operand<T> rows(Ops tf, Operand<T> all, int part) {
        if (parts.size() == 1) {
            return all;
        }
        int first = parts.subList(0, part).stream().mapToInt(Part::rows).sum();
        return tf.slice(all, tf.constant(new int[] {first, 0}), tf.constant(new int[] {
            parts.get(part).rows(), -1
        }));
    }

    private static <T extends TNumber> Operand<T> joined(Ops tf, List<Operand<T>> parts) {
        return parts.size() == 1 ? parts.get(0) : tf.concat(parts, tf.constant(0));
    }
}
