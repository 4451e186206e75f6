package org.ppflow.flow.sampling;

import java.util.Collections;
import java.util.List;

/**
 * Classifier-free guidance (Ho and Salimans 2021) with a scale for each level: v = v_null + s·(v_class − v_null). At scale 1
 * that is v_class, and the branch without class is not run.
 *
 * @param scales one for each level, from noise to data
 * @param channels how many of the first latent channels are guided; {@link #ALL_CHANNELS} for all (the authors guide 3 of 4)
 */
public record Guidance(List<Double> scales, int channels) {
    /** All channels are guided. */
    public static final int ALL_CHANNELS = 0;

    public Guidance {
        scales = List.copyOf(scales);
        if (scales.isEmpty()) {
            throw new IllegalArgumentException("guidance: needs a scale");
        }
        for (int i = 0; i < scales.size(); i++) {
            double scale = scales.get(i);
            if (!(scale >= 0 && scale < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("guidance[" + i + "]: " + scale + " must be 0 or more");
            }
        }
        if (channels < 0) {
            throw new IllegalArgumentException("guidance_channels: " + channels + " must be 0 (all) or more");
        }
    }

    /** The same scale at every level, on all channels. */
    public static Guidance uniform(double scale, int levels) {
        return new Guidance(Collections.nCopies(levels, scale), ALL_CHANNELS);
    }

    /** Scale of a level. */
    public double scale(int level) {
        return scales.get(level);
    }

    /** Whether a level needs the branch without class. */
    public boolean active(int level) {
        return scales.get(level) != 1;
    }

    /**
     * Checks that there is one scale for each level.
     *
     * @throws IllegalArgumentException naming both counts
     */
    public void requireLevels(int levels) {
        if (scales.size() != levels) {
            throw new IllegalArgumentException("guidance: " + scales.size() + " scales for " + levels + " levels");
        }
    }
}
