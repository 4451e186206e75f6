package org.ppflow.nn.optimizer;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The norm of a gradient over all variables, and the gradient scaled down to one. */
public final class GradientNorm {
    private final List<Operand<TFloat32>> gradients;
    private final Operand<TFloat32> norm;

    /** Adds √Σ g² to the graph. */
    public GradientNorm(Ops tf, List<? extends Operand<TFloat32>> gradients) {
        this.gradients = List.copyOf(gradients);
        List<Operand<TFloat32>> squares = new ArrayList<>();
        for (Operand<TFloat32> gradient : gradients) {
            squares.add(tf.nn.l2Loss(gradient));
        }
        // l2Loss is half of the sum of squares.
        this.norm = tf.math.sqrt(tf.math.mul(tf.constant(2f), tf.math.addN(squares)));
    }

    /** The norm, a scalar. */
    public Operand<TFloat32> value() {
        return norm;
    }

    /**
     * g·min(1, limit/(norm + 1e-6)), the arithmetic of PyTorch's {@code clip_grad_norm_}.
     *
     * @param limit above 0; 0 leaves the gradients as they are
     */
    public List<Operand<TFloat32>> clipped(Ops tf, double limit) {
        if (limit == 0) {
            return gradients;
        }
        Operand<TFloat32> factor = tf.math.minimum(
                tf.constant(1f), tf.math.div(tf.constant((float) limit), tf.math.add(norm, tf.constant(1e-6f))));
        List<Operand<TFloat32>> scaled = new ArrayList<>();
        for (Operand<TFloat32> gradient : gradients) {
            scaled.add(tf.math.mul(gradient, factor));
        }
        return scaled;
    }
}
