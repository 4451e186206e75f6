package org.ppflow.nn.layer;

import org.ppflow.nn.graph.Initializer;
import org.ppflow.nn.graph.VariableScope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Embeds t: 256 sinusoids (cosines first, then sines; f_k = 10000^(−k/128)), Linear, SiLU, Linear, as in DiT. t is taken as it
 * is, in [0, 1], as SiT does.
 *
 * @param first 256 → D
 * @param second D → D
 */
public record TimestepEmbedding(Linear first, Linear second) {
    private static final int FREQUENCIES = 128;
    private static final double MAX_PERIOD = 10_000;
    private static final double STANDARD_DEVIATION = 0.02;

    /** Variables {@code mlp.0.*} and {@code mlp.2.*} of a scope, normal with standard deviation 0.02. */
    public static TimestepEmbedding in(VariableScope scope, int width) {
        Initializer normal = Initializer.normal(STANDARD_DEVIATION);
        VariableScope mlp = scope.child("mlp");
        return new TimestepEmbedding(
                Linear.in(mlp.child(0), 2 * FREQUENCIES, width, normal), Linear.in(mlp.child(2), width, width, normal));
    }

    /**
     * Embeds times.
     *
     * @param t (n)
     */
    public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> t) {
        float[] frequencies = new float[FREQUENCIES];
        for (int k = 0; k < FREQUENCIES; k++) {
            frequencies[k] = (float) Math.exp(-Math.log(MAX_PERIOD) * k / FREQUENCIES);
        }
        // (n) -> (n, 1) · (128) -> (n, 128) -> (n, 256) -> (n, D)
        Operand<TFloat32> angles = tf.math.mul(tf.expandDims(t, tf.constant(1)), tf.constant(frequencies));
        Operand<TFloat32> sinusoids =
                tf.concat(java.util.List.of(tf.math.cos(angles), tf.math.sin(angles)), tf.constant(1));
        return second.apply(tf, Activations.silu(tf, first.apply(tf, sinusoids)));
    }
}
