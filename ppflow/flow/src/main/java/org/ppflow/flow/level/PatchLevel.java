package org.ppflow.flow.level;

/**
 * One level of the pyramid: from time {@code start} to time {@code end} the latent is cut into patches of this size.
 *
 * @param patch size of its patches
 * @param start first time, in [0, 1)
 * @param end time at which the next level begins, in (start, 1]
 */
public record PatchLevel(PatchSize patch, double start, double end) {
    public PatchLevel {
        if (!(start >= 0 && start < 1)) {
            throw new IllegalArgumentException("start: " + start + " must be in [0, 1)");
        }
        if (!(end > start && end <= 1)) {
            throw new IllegalArgumentException("end: " + end + " must be in (" + start + ", 1]");
        }
    }

    /** Its share of [0, 1]. */
    public double length() {
        return end - start;
    }
}
