package org.ppflow.nn.layer;

import org.ppflow.nn.graph.ComputeType;
import org.ppflow.nn.graph.GradientSums;
import org.ppflow.nn.graph.Initializer;
import org.ppflow.nn.graph.Variable;
import org.ppflow.nn.graph.VariableScope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

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

    /**
     * The product alone, in a type of products: whoever comes next adds the bias on the way, since fused it makes oneDNN take up to two thirds longer in
     * bfloat16.
     *
     * @param x (rows, in)
     * @return x·Wᵀ, (rows, out)
     */
    public <T extends TNumber> Operand<T> product(Ops tf, ComputeType<T> type, Operand<T> x) {
        return tf.linalg.matMul(x, type.of(weight), MatMul.transposeB(true));
    }

    /**
     * Takes a gradient back through it.
     *
     * @param x what it was applied to, (rows, in)
     * @param dy gradient of its result, (rows, out)
     * @param sums told of the gradients of weight and bias
     * @return gradient of x
     */
    public <T extends TNumber> Operand<T> gradient(
            Ops tf, ComputeType<T> type, Operand<T> x, Operand<T> dy, GradientSums sums) {
        // (out, rows) · (rows, in) -> (out, in)
        sums.add(weight, type.up(tf, tf.linalg.matMul(dy, x, MatMul.transposeA(true))));
        sums.add(bias, type.up(tf, tf.nn.biasAddGrad(dy)));
        // (rows, out) · (out, in) -> (rows, in)
        return tf.linalg.matMul(dy, type.of(weight));
    }

    /** Applies it to rows. */
    public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x) {
        // (rows, in) -> (rows, out)
        return tf.nn.biasAdd(tf.linalg.matMul(x, weight.value(), MatMul.transposeB(true)), bias.value());
    }
}
