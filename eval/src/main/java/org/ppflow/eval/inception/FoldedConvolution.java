package org.ppflow.eval.inception;

import java.util.Optional;
import org.ppflow.nn.array.FloatArray;

/**
 * A convolution with the batch norm behind it in its weights: {@code (x * K − m) · g / √(v + ε) + b = x * (K·s) + (b − m·s)},
 * {@code s = g / √(v + ε)} for each output channel; s is computed in fp64 and each weight rounded once.
 *
 * @param kernel [height, width, in, out]
 * @param bias [out]
 */
record FoldedConvolution(FloatArray kernel, FloatArray bias) {
    /** ε of every batch norm of the network, in the graph and in torch's port. */
    static final double EPSILON = 0.001;

    FoldedConvolution {
        if (kernel.shape().length != 4 || bias.values().length != kernel.shape()[3]) {
            throw new IllegalArgumentException(kernel + " and a bias " + bias + " are no convolution");
        }
    }

    /**
     * A batch norm's numbers, [out] each.
     *
     * @param mean m
     * @param variance v
     * @param beta b
     * @param gamma g; empty where the norm does not scale afterwards, g = 1
     * @param epsilon ε
     */
    record BatchNorm(
            FloatArray mean, FloatArray variance, FloatArray beta, Optional<FloatArray> gamma, double epsilon) {}

    /** Folds. */
    static FoldedConvolution of(FloatArray kernel, BatchNorm norm) {
        int out = norm.beta().values().length;
        double[] scale = new double[out];
        float[] bias = new float[out];
        for (int c = 0; c < out; c++) {
            double gamma = norm.gamma().isPresent() ? norm.gamma().get().values()[c] : 1;
            scale[c] = gamma / Math.sqrt(norm.variance().values()[c] + norm.epsilon());
            bias[c] = (float) (norm.beta().values()[c] - norm.mean().values()[c] * scale[c]);
        }
        float[] folded = new float[kernel.values().length];
        for (int i = 0; i < folded.length; i++) {
            folded[i] = (float) (kernel.values()[i] * scale[i % out]);
        }
        return new FoldedConvolution(new FloatArray(kernel.shape(), folded), FloatArray.vector(bias));
    }
}
