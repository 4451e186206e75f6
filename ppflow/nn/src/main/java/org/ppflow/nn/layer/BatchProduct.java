package org.ppflow.nn.layer;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Matrix products over the last two axes. Version 2 of TensorFlow's op: oneDNN has a kernel for it and none for version 3, which Java's own call and
 * all gradients make and which takes four times as long on a processor.
 */
final class BatchProduct {
    private BatchProduct() {}

    /** a·b. */
    static <T extends TNumber> Operand<T> of(Ops tf, Operand<T> a, Operand<T> b) {
        return product(tf, a, b, false, false);
    }

    /** aᵀ·b. */
    static <T extends TNumber> Operand<T> ofTransposedFirst(Ops tf, Operand<T> a, Operand<T> b) {
        return product(tf, a, b, true, false);
    }

    /** a·bᵀ. */
    static <T extends TNumber> Operand<T> ofTransposedSecond(Ops tf, Operand<T> a, Operand<T> b) {
        return product(tf, a, b, false, true);
    }

    private static <T extends TNumber> Operand<T> product(
            Ops tf, Operand<T> a, Operand<T> b, boolean first, boolean second) {
        return tf.scope()
                .env()
                .opBuilder("BatchMatMulV2", tf.scope().makeOpName("BatchMatMulV2"), tf.scope())
                .addInput(a.asOutput())
                .addInput(b.asOutput())
                .setAttr("adj_x", first)
                .setAttr("adj_y", second)
                .build()
                .output(0);
    }
}
