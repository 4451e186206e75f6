package org.ppflow.nn.layer;

import org.ppflow.nn.graph.Initializer;
import org.ppflow.nn.graph.Variable;
import org.ppflow.nn.graph.VariableScope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/**
 * y = x·Wᵀ + b. The weight is stored [out, in] as PyTorch has it; the product reads it transposed, which costs nothing.
 *
 * @param weight [out, in]
 * @param bias [out]
 */
public record Linear(Variable weight, Variable bias) {
    /** Variables {@code weight} and {@code bias} (0 at the start) of a scope. */
    public static Linear in(VariableScope scope, int inputs, int outputs, Initializer weight) {
        return new Linear(
                scope.trainable("weight", weight, outputs, inputs),
                scope.trainable("bias", Initializer.zeros(), outputs));
    }

    /** Applies it to rows. */
    public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
        // (rows, in) -> (rows, out)
        return tf.nn.biasAdd(tf.linalg.matMul(x, weight.value(), MatMul.transposeB(true)), bias.value());
    }
}
