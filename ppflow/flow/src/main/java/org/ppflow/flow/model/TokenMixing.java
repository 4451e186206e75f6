package org.ppflow.flow.model;

import org.ppflow.nn.layer.Attention;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Which tokens see each other in attention. */
@FunctionalInterface
interface TokenMixing {
    /** The tokens of one image. */
    TokenMixing ISOLATED = (tf, attention, x, tokens) -> attention.apply(tf, x, tokens);

    /**
     * Attention over some arrangement of the tokens.
     *
     * @param x (n·L, D)
     * @param tokens L
     * @return the same shape and order
     */
    Operand<TFloat32> attend(Ops tf, Attention attention, Operand<TFloat32> x, int tokens);
}
