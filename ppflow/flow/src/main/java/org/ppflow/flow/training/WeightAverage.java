package org.ppflow.flow.training;

import java.util.Optional;

/**
 * A moving average of the weights.
 *
 * @param name {@code ema-0.9999}, {@code profile-0.05}
 * @param decay by step
 */
public record WeightAverage(String name, EmaDecay decay) {
    private static final String PROFILE = "profile-";
    private static final String SUFFIX = ".safetensors";

    /** The classical average: one decay, 0.9999 in the paper. */
    public static WeightAverage exponential(double decay, boolean warmup) {
        return new WeightAverage("ema-" + decay, warmup ? EmaDecay.warmup(decay) : EmaDecay.constant(decay));
    }

    /**
     * A power-function profile (Karras et al. 2024, section 3): its width is a share of the training so far, and widths about those kept
     * can be put together afterwards from snapshots of two of them ({@link ProfileMix} says how far each is from the wanted one).
     *
     * @param width relative standard deviation of the profile, as {@link PowerProfile#ofWidth} takes it
     */
    public static WeightAverage profile(double width) {
        return new WeightAverage(
                PROFILE + width, EmaDecay.power(PowerProfile.ofWidth(width).exponent()));
    }

    /** Name of its file in a checkpoint. */
    public String file() {
        return file(name);
    }

    static String file(String name) {
        return name + SUFFIX;
    }

    /** Its power-function profile, if it is one. */
    Optional<PowerProfile> profiled() {
        return profileOf(file());
    }

    /** The profile that a file of this name is an average of. */
    static Optional<PowerProfile> profileOf(String file) {
        return file.matches(PROFILE + "0\\.\\d+\\" + SUFFIX)
                ? Optional.of(PowerProfile.ofWidth(
                        Double.parseDouble(file.substring(PROFILE.length(), file.length() - SUFFIX.length()))))
                : Optional.empty();
    }
}
