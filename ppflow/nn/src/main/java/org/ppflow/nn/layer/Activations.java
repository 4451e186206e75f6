package org.ppflow.nn.layer;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Activation functions. */
public final class Activations {
    /** 2·√(2/π). */
    private static final float GELU_LINEAR = (float) (2 * Math.sqrt(2 / Math.PI));

    /** 2·√(2/π)·0.044715. */
    private static final float GELU_CUBIC = (float) (2 * Math.sqrt(2 / Math.PI) * 0.044715);

    private Activations() {}

    /**
     * GELU, tanh form (Hendrycks and Gimpel 2016): x/2·(1 + tanh(√(2/π)(x + 0.044715x³))). Computed as x·sigmoid(2u), the
     * same function, since (1 + tanh u)/2 = sigmoid(2u): two passes over memory fewer.
     */
    public static Operand<TFloat32> geluTanh(Ops tf, Operand<TFloat32> x) {
        Operand<TFloat32> polynomial =
                tf.math.add(tf.constant(GELU_LINEAR), tf.math.mul(tf.constant(GELU_CUBIC), tf.math.square(x)));
        return tf.math.mul(x, tf.math.sigmoid(tf.math.mul(x, polynomial)));
    }

    /** Derivative of {@link #geluTanh}: σ(2u)·(1 + x·(1 − σ(2u))·2u′). */
    public static Operand<TFloat32> geluTanhSlope(Ops tf, Operand<TFloat32> x) {
        Operand<TFloat32> square = tf.math.square(x);
        Operand<TFloat32> sigmoid = tf.math.sigmoid(
                tf.math.mul(x, tf.math.add(tf.constant(GELU_LINEAR), tf.math.mul(tf.constant(GELU_CUBIC), square))));
        Operand<TFloat32> inner =
                tf.math.add(tf.constant(GELU_LINEAR), tf.math.mul(tf.constant(3 * GELU_CUBIC), square));
        return tf.math.mul(
                sigmoid,
                tf.math.add(
                        tf.constant(1f), tf.math.mul(tf.math.mul(x, tf.math.sub(tf.constant(1f), sigmoid)), inner)));
    }

    /** SiLU: x·sigmoid(x). */
    public static Operand<TFloat32> silu(Ops tf, Operand<TFloat32> x) {
        return tf.math.mul(x, tf.math.sigmoid(x));
    }
}
