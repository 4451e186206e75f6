package org.ppflow.nn.layer;

import java.util.List;
import org.ppflow.nn.graph.Initializer;
import org.ppflow.nn.graph.Variable;
import org.ppflow.nn.graph.VariableScope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Two-dimensional convolution with bias over pictures (n, H, W, C), zeros around the border so that stride 1 keeps the size.
 *
 * @param weight [out, in, height, width] as PyTorch has it, turned inside the graph
 * @param bias [out]
 * @param stride pixels between outputs, both ways
 */
public record Conv2d(Variable weight, Variable bias, int stride) {
    /** Variables {@code weight} (He uniform) and {@code bias} (0) of a scope. */
    public static Conv2d in(VariableScope scope, int inputs, int outputs, int kernel, int stride) {
        Initializer weight = Initializer.heUniform(inputs * kernel * kernel);
        return new Conv2d(
                scope.trainable("weight", weight, outputs, inputs, kernel, kernel),
                scope.trainable("bias", Initializer.zeros(), outputs),
                stride);
    }

    /** Applies it. */
    public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
        // [out, in, h, w] -> [h, w, in, out]
        Operand<TFloat32> kernel = tf.linalg.transpose(weight.value(), tf.constant(new int[] {2, 3, 1, 0}));
        // (n, H, W, in) -> (n, H/stride, W/stride, out)
        Operand<TFloat32> y = tf.nn.conv2d(x, kernel, List.of(1L, (long) stride, (long) stride, 1L), "SAME");
        return tf.nn.biasAdd(y, bias.value());
    }
}
