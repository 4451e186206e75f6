package org.ppflow.flow.model;

import java.util.List;
import org.ppflow.nn.graph.Initializer;
import org.ppflow.nn.graph.VariableScope;
import org.ppflow.nn.layer.Attention;
import org.ppflow.nn.layer.Linear;
import org.ppflow.nn.layer.Mlp;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * One transformer block with adaLN-Zero conditioning (Peebles and Xie 2023): attention and feed-forward part, each between a
 * modulated layer norm and a gate that is 0 in a fresh network. The forward pass here takes any number of images; {@link BlockPass} is the one of a
 * training batch, with its gradient.
 *
 * @param attention self-attention
 * @param mlp feed-forward part
 * @param modulation D → 6D: shift, scale, gate of attention, then of the feed-forward part
 */
record DitBlock(Attention attention, Mlp mlp, Linear modulation) {
    private static final int PARTS = 6;

    static DitBlock in(VariableScope scope, DitConfig config) {
        int hidden = config.hidden();
        return new DitBlock(
                Attention.in(scope.child("attn"), hidden, config.heads()),
                Mlp.in(scope.child("mlp"), hidden, config.mlpRatio() * hidden),
                Linear.in(scope.child("adaLN_modulation").child(1), hidden, PARTS * hidden, Initializer.zeros()));
    }

    /**
     * Applies it.
     *
     * @param x (n, L, D)
     * @param activated SiLU of the conditioning, (n, D)
     * @param tokens L
     */
    Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x, Operand<TFloat32> activated, int tokens) {
        int hidden = attention.width();
        List<Operand<TFloat32>> parts = Modulation.split(tf, modulation.apply(tf, activated), PARTS, hidden);
        Operand<TFloat32> attended =
                attention.apply(tf, rows(tf, Modulation.normalized(tf, x, parts.get(0), parts.get(1)), hidden), tokens);
        Operand<TFloat32> middle = tf.math.add(x, tf.math.mul(parts.get(2), images(tf, attended, tokens, hidden)));
        Operand<TFloat32> fed =
                mlp.apply(tf, rows(tf, Modulation.normalized(tf, middle, parts.get(3), parts.get(4)), hidden));
        return tf.math.add(middle, tf.math.mul(parts.get(5), images(tf, fed, tokens, hidden)));
    }

    private static Operand<TFloat32> rows(Ops tf, Operand<TFloat32> x, int hidden) {
        // (n, L, D) -> (n·L, D)
        return tf.reshape(x, tf.constant(new int[] {-1, hidden}));
    }

    private static Operand<TFloat32> images(Ops tf, Operand<TFloat32> x, int tokens, int hidden) {
        // (n·L, D) -> (n, L, D)
        return tf.reshape(x, tf.constant(new int[] {-1, tokens, hidden}));
    }
}
