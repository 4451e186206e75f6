package org.ppflow.flow.training;

import org.ppflow.flow.model.BatchPass;
import org.ppflow.flow.model.Packing;
import org.ppflow.flow.transport.Prediction;

/**
 * How the graph of a training step is made, beside network and optimizer.
 *
 * @param packing how images of several levels share the step
 * @param recompute whether the backward pass computes the inside of each block again, for less memory
 * @param prediction what the loss compares
 * @param clipNorm the gradient is scaled down to this norm over all variables where it is larger, as PyTorch's {@code clip_grad_norm_}
 *     does; 0 for never
 * @param accumulate batches that the graph is run on before their mean gradient is applied, at least 1
 */
public record StepOptions(Packing packing, boolean recompute, Prediction prediction, double clipNorm, int accumulate) {
    /** The paper's recipe: velocity, each level by itself, no clipping. */
    public static final StepOptions PAPER = new StepOptions(Packing.LEVELS, false, Prediction.VELOCITY, 0, 1);

    public StepOptions {
        if (accumulate < 1) {
            throw new IllegalArgumentException("accumulate: " + accumulate + " must be at least 1");
        }
        if (!(clipNorm >= 0 && clipNorm < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("clip_norm: " + clipNorm + " must be 0 (never) or more");
        }
    }

    /** What concerns the pass through the network. */
    BatchPass.Options pass() {
        return new BatchPass.Options(packing, recompute);
    }
}
