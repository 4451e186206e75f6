package org.ppflow.flow.model;

import org.ppflow.flow.level.Flops;

/**
 * What a diffusion transformer is, apart from its schedule.
 *
 * @param channels C of the latent
 * @param height H of the latent
 * @param width W of the latent
 * @param depth number of blocks
 * @param hidden D
 * @param heads attention heads, dividing D
 * @param mlpRatio hidden size of the feed-forward part over D
 * @param classes number of classes
 * @param classDropout probability that training drops a label, in [0, 1); where it is above 0 the label table has one row more,
 *     the null class, and guidance is possible
 * @param learnSigma whether the output has 2C channels of which the second half is dropped (SiT's checkpoints)
 * @param levelTable whether a learned row for each level is added to the conditioning
 * @param alignment where a coarse patch's position is taken
 */
public record DitConfig(
        int channels,
        int height,
        int width,
        int depth,
        int hidden,
        int heads,
        int mlpRatio,
        int classes,
        double classDropout,
        boolean learnSigma,
        boolean levelTable,
        PositionAlignment alignment) {
    public DitConfig {
        requirePositive("channels", channels);
        requirePositive("height", height);
        requirePositive("width", width);
        requirePositive("depth", depth);
        requirePositive("heads", heads);
        requirePositive("mlp_ratio", mlpRatio);
        requirePositive("classes", classes);
        if (!(classDropout >= 0 && classDropout < 1)) {
            throw new IllegalArgumentException("class_dropout: " + classDropout + " must be in [0, 1)");
        }
        if (hidden < 4 || hidden % 4 != 0) {
            throw new IllegalArgumentException("hidden: " + hidden + " must be a multiple of 4 (position table)");
        }
        if (hidden % heads != 0) {
            throw new IllegalArgumentException("heads: " + heads + " does not divide the hidden size " + hidden);
        }
    }

    /** Row of the label table that stands for "no class"; there is one only where {@link #hasNullClass()}. */
    public int nullClass() {
        return classes;
    }

    /** Whether the network has learned what no class is. */
    public boolean hasNullClass() {
        return classDropout > 0;
    }

    /** Rows of the label table. */
    public int labelRows() {
        return hasNullClass() ? classes + 1 : classes;
    }

    /** Channels that the final layer gives for each pixel. */
    public int outputChannels() {
        return learnSigma ? 2 * channels : channels;
    }

    /** What a pass costs. */
    public Flops flops() {
        return new Flops(depth, hidden, height, width, mlpRatio, channels, outputChannels());
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " must be at least 1");
        }
    }
}
