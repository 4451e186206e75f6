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
        Operand<TFloat32> mean = tf.math.mean(x, tf.constant(new int[] {-1}), Mean.keepDims(true));
        Operand<TFloat32> centred = tf.math.sub(x, mean);
        Operand<TFloat32> variance =
                tf.math.mean(tf.math.square(centred), tf.constant(new int[] {-1}), Mean.keepDims(true));
        return tf.math.mul(centred, tf.math.rsqrt(tf.math.add(variance, tf.constant(EPSILON))));
    }
}
