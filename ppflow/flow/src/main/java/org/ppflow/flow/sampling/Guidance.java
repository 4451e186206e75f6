package org.ppflow.flow.sampling;

import java.util.Collections;
import java.util.List;

/**
 * Guidance with a scale for each level: f = f_weak + s·(f_class − f_weak), where f_weak is the network without class (classifier-free
 * guidance, Ho and Salimans 2021) or a weaker network (autoguidance, Karras et al. 2024). At scale 1 that is f_class, and the other
 * branch is not run; nor is it outside the interval (Kynkäänniemi et al. 2024).
 *
 * @param scales one for each level, from noise to data
 * @param channels how many of the first latent channels are guided; {@link #ALL_CHANNELS} for all (the authors guide 3 of 4)
 * @param from first time that is guided, in [0, 1]
 * @param to last time that is guided, in [from, 1]
 */
public record Guidance(List<Double> scales, int channels, double from, double to) {
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
        if (!(from >= 0 && from <= to && to <= 1)) {
            throw new IllegalArgumentException(
                    "guidance interval: " + from + " to " + to + " must go upwards inside [0, 1]");
        }
    }

    /** At all times. */
    public Guidance(List<Double> scales, int channels) {
        this(scales, channels, 0, 1);
    }

    /** The same scale at every level, on all channels. */
    public static Guidance uniform(double scale, int levels) {
        return new Guidance(Collections.nCopies(levels, scale), ALL_CHANNELS);
    }

    /** The same between two times only. */
    public Guidance within(double first, double last) {
        return new Guidance(scales, channels, first, last);
    }

    /** That of one level, for a model of that level alone. */
    Guidance ofLevel(int level) {
        return new Guidance(List.of(scale(level)), channels, from, to);
    }

    /** Scale of a level. */
    public double scale(int level) {
        return scales.get(level);
    }

    /** Whether a level needs the second branch at some time. */
    public boolean active(int level) {
        return scales.get(level) != 1;
    }

    /** Whether a level needs the second branch at a time; times beyond [0, 1] count as its ends. */
    public boolean activeAt(int level, double t) {
        double inside = Math.max(0, Math.min(1, t));
        return active(level) && inside >= from && inside <= to;
    }

    /** Whether any level needs the second branch. */
    public boolean isActive() {
        return scales.stream().anyMatch(scale -> scale != 1);
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
