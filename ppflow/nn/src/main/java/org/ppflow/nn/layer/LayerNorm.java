package org.ppflow.nn.layer;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/** Layer normalisation over the last axis, without affine parameters, as DiT uses it; adaLN gives scale and shift. */
public final class LayerNorm {
    /** Added to the variance; SiT's and PPFlow's value. */
    public static final float EPSILON = 1e-6f;

    private LayerNorm() {}

    /** (x − mean) / √(variance + ε) over the last axis, variance with divisor D. */
    public static Operand<TFloat32> normalize(Ops tf, Operand<TFloat32> x) {
        Operand<TFloat32> centred = centred(tf, x);
        return tf.math.mul(centred, inverseDeviation(tf, centred));
    }

    /** x − mean over the last axis. */
    public static Operand<TFloat32> centred(Ops tf, Operand<TFloat32> x) {
        return tf.math.sub(x, tf.math.mean(x, tf.constant(new int[] {-1}), Mean.keepDims(true)));
    }

    /** 1/√(variance + ε) of centred values over the last axis, which stays with length 1. */
    public static Operand<TFloat32> inverseDeviation(Ops tf, Operand<TFloat32> centred) {
        Operand<TFloat32> variance =
                tf.math.mean(tf.math.square(centred), tf.constant(new int[] {-1}), Mean.keepDims(true));
        return tf.math.rsqrt(tf.math.add(variance, tf.constant(EPSILON)));
    }
}
