package org.ppflow.flow.training;

/**
 * A moving average of the weights.
 *
 * @param name of its file: {@code ema-0.9999}, {@code profile-0.05}
 * @param decay by step
 */
public record WeightAverage(String name, EmaDecay decay) {
    private static final String PROFILE = "profile-";

    /** The classical average: one decay, 0.9999 in the paper. */
    public static WeightAverage exponential(double decay, boolean warmup) {
        return new WeightAverage("ema-" + decay, warmup ? EmaDecay.warmup(decay) : EmaDecay.constant(decay));
    }

    /**
     * A power-function profile (Karras et al. 2024, section 3): its width is a share of the training so far, and any other width can be put
     * together afterwards from snapshots of two of them.
     *
     * @param width relative standard deviation of the profile, in (0, 0.28)
     */
    public static WeightAverage profile(double width) {
        return new WeightAverage(
                PROFILE + width, EmaDecay.power(PowerProfile.ofWidth(width).exponent()));
    }

    /** Whether it is a power-function profile. */
    public boolean profiled() {
        return name.startsWith(PROFILE);
    }
}
