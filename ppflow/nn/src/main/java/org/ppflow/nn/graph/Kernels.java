package org.ppflow.nn.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;

/**
 * How a few element-wise operations that belong together are put into a graph. On a processor such operations wait for memory, not for
 * arithmetic: compiled into one pass they take a third of the time.
 */
public interface Kernels {
    /** Operations one by one; gradients can be taken through them. */
    Kernels INLINE = (tf, name, inputs, body) ->
            body.of(tf, inputs).stream().<Output<?>>map(Operand::asOutput).toList();

    /** The operations. */
    @FunctionalInterface
    interface Body {
        /** Adds them. */
        List<? extends Operand<?>> of(Ops tf, List<? extends Operand<?>> inputs);
    }

    /**
     * Adds the operations to a graph.
     *
     * @param name what they are; calls of one name, and equal types and shapes, have equal bodies
     * @param inputs of static shapes where they are compiled
     * @return the body's results
     */
    List<Output<?>> call(Ops tf, String name, List<? extends Operand<?>> inputs, Body body);
}
