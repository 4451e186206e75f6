package org.ppflow.flow.model;

import java.util.List;
import java.util.Optional;
import org.ppflow.nn.graph.ComputeType;
import org.ppflow.nn.graph.GradientSums;
import org.ppflow.nn.layer.AttentionRows;
import org.ppflow.nn.layer.Linear;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/**
 * A block's forward pass with what its backward pass needs. Both are written out by hand: TensorFlow's own gradients go over memory three times as
 * often and use a slower product.
 *
 * <p>Dimensions: R rows of tokens, D width, N images of the batch, n images of the layout, T the type of products.
 */
final class BlockPass<T extends TNumber> {
    private static final int SHIFT_ATTENTION = 0;
    private static final int GATE_ATTENTION = 2;
    private static final int SHIFT_MLP = 3;
    private static final int GATE_MLP = 5;

    private final Setting<T> setting;
    private final DitBlock block;
    private final Operand<TFloat32> x;
    private final Operand<TFloat32> modulation;
    private final Operand<T> attentionInput;
    private final List<AttentionRows.Trace<T>> traces;
    private final Operand<T> merged;
    private final Operand<T> attended;
    private final Operand<TFloat32> middle;
    private final Operand<T> mlpInput;
    private final Operand<T> hidden;
    private final Operand<T> activated;
    private final Operand<T> fed;
    private final Operand<TFloat32> output;

    /**
     * What all blocks of a pass share.
     *
     * @param kernels element-wise parts
     * @param attention how rows of tokens attend
     * @param type of products
     */
    record Setting<T extends TNumber>(TokenKernels kernels, TokenAttention attention, ComputeType<T> type) {}

    /**
     * Result of the backward pass.
     *
     * @param input gradient of x, (R, D)
     * @param modulation that of the modulation, (n, 6D)
     */
    record Gradient(Operand<TFloat32> input, Operand<TFloat32> modulation) {}

    /**
     * Adds the forward pass.
     *
     * @param x (R, D)
     * @param modulation of all images of the batch, (N, 6D)
     */
    BlockPass(Ops tf, Setting<T> setting, DitBlock block, Operand<TFloat32> x, Operand<TFloat32> modulation) {
        this.setting = setting;
        this.block = block;
        this.x = x;
        this.modulation = modulation;
        TokenKernels kernels = setting.kernels();
        ComputeType<T> type = setting.type();
        this.attentionInput = kernels.modulatedNorm(tf, x, modulation, SHIFT_ATTENTION, type.type());
        Linear qkv = block.attention().qkv();
        this.traces = setting.attention()
                .apply(
                        tf,
                        type,
                        kernels.kernels(),
                        qkv.product(tf, type, attentionInput),
                        qkv.bias().value());
        this.merged = setting.attention().merged(tf, traces);
        this.attended = block.attention().projection().product(tf, type, merged);
        this.middle =
                kernels.gatedSum(tf, x, attended, block.attention().projection().bias(), modulation, GATE_ATTENTION);
        this.mlpInput = kernels.modulatedNorm(tf, middle, modulation, SHIFT_MLP, type.type());
        this.hidden = block.mlp().first().product(tf, type, mlpInput);
        this.activated = kernels.gelu(tf, hidden, block.mlp().first().bias(), type.type());
        this.fed = block.mlp().second().product(tf, type, activated);
        this.output = kernels.gatedSum(tf, middle, fed, block.mlp().second().bias(), modulation, GATE_MLP);
    }

    /** (R, D). */
    Operand<TFloat32> output() {
        return output;
    }

    /**
     * Adds the backward pass.
     *
     * @param gradient of the output, (R, D)
     * @param sums told of the gradients of all weights but the modulation's
     */
    Gradient backward(Ops tf, Operand<TFloat32> gradient, GradientSums sums) {
        TokenKernels kernels = setting.kernels();
        ComputeType<T> type = setting.type();
        var gateMlp =
                kernels.gateGradient(tf, gradient, fed, block.mlp().second().bias(), modulation, GATE_MLP, type.type());
        Operand<T> dActivated = block.mlp().second().gradient(tf, type, activated, gateMlp.branch(), sums);
        Operand<T> dHidden =
                kernels.geluGradient(tf, hidden, block.mlp().first().bias(), dActivated, type.type());
        Operand<T> dMlpInput = block.mlp().first().gradient(tf, type, mlpInput, dHidden, sums);
        var normMlp = kernels.normGradient(tf, middle, dMlpInput, modulation, SHIFT_MLP, Optional.of(gradient));
        var gateAttention = kernels.gateGradient(
                tf,
                normMlp.input(),
                attended,
                block.attention().projection().bias(),
                modulation,
                GATE_ATTENTION,
                type.type());
        Operand<T> dMerged = block.attention().projection().gradient(tf, type, merged, gateAttention.branch(), sums);
        Operand<T> dProjected = setting.attention().gradient(tf, type, kernels.kernels(), traces, dMerged);
        Operand<T> dAttentionInput = block.attention().qkv().gradient(tf, type, attentionInput, dProjected, sums);
        var normAttention =
                kernels.normGradient(tf, x, dAttentionInput, modulation, SHIFT_ATTENTION, Optional.of(normMlp.input()));
        return new Gradient(
                normAttention.input(),
                // 6 × (n, D) -> (n, 6D), in the order of the forward pass
                tf.concat(
                        List.of(
                                normAttention.shift(),
                                normAttention.scale(),
                                gateAttention.gate(),
                                normMlp.shift(),
                                normMlp.scale(),
                                gateMlp.gate()),
                        tf.constant(1)));
    }
}
