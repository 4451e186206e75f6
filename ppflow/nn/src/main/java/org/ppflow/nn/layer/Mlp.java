package org.ppflow.nn.layer;

import org.ppflow.nn.graph.Initializer;
import org.ppflow.nn.graph.VariableScope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The transformer's feed-forward part: {@code fc1}, GELU, {@code fc2}.
 *
 * @param first D → hidden
 * @param second hidden → D
 */
public record Mlp(Linear first, Linear second) {
    /** Variables {@code fc1.*} and {@code fc2.*} of a scope, Xavier uniform. */
    public static Mlp in(VariableScope scope, int width, int hidden) {
        return new Mlp(
                Linear.in(scope.child("fc1"), width, hidden, Initializer.xavierUniform()),
                Linear.in(scope.child("fc2"), hidden, width, Initializer.xavierUniform()));
    }

    /** Applies it to rows. */
    public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
        // (rows, D) -> (rows, hidden) -> (rows, D)
        return second.apply(tf, Activations.geluTanh(tf, first.apply(tf, x)));
    }
}
