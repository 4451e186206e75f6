package org.ppflow.flow.model;

import java.util.List;
import org.ppflow.nn.layer.LayerNorm;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** adaLN: layer norm whose shift and scale come from the conditioning, the same for all tokens of an image. */
final class Modulation {
    private Modulation() {}

    /** Cuts (n, parts·D) into parts of (n, 1, D), which broadcast over tokens. */
    static List<Operand<TFloat32>> split(Ops tf, Operand<TFloat32> modulation, int parts, int hidden) {
        // (n, parts·D) -> (n, parts, 1, D) -> parts × (n, 1, D)
        Operand<TFloat32> apart = tf.reshape(modulation, tf.constant(new int[] {-1, parts, 1, hidden}));
        return List.copyOf(tf.unstack(apart, (long) parts, org.tensorflow.op.core.Unstack.axis(1L))
                .output());
    }

    /** LayerNorm(x)·(1 + scale) + shift, for x (n, L, D) and shift, scale (n, 1, D). */
    static Operand<TFloat32> normalized(Ops tf, Operand<TFloat32> x, Operand<TFloat32> shift, Operand<TFloat32> scale) {
        return tf.math.add(tf.math.mul(LayerNorm.normalize(tf, x), tf.math.add(scale, tf.constant(1f))), shift);
    }
}
