package org.ppflow.app.report;

import java.util.List;

/**
 * Samples of some classes at some guidance scales, all from the same few noises.
 *
 * @param classes their names
 * @param scales as they are called
 * @param own which of the scales is the run's, from 0
 * @param noises of each class
 * @param blank samples that were not finite and are shown as nothing
 * @param sheet PNG without gaps: a row for each class and noise, noises of a class together, a column for each scale
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record GuidancePanel(List<String> classes, List<String> scales, int own, int noises, int blank, byte[] sheet) {
    public GuidancePanel {
        classes = List.copyOf(classes);
        scales = List.copyOf(scales);
        if (classes.isEmpty() || scales.isEmpty() || noises < 1 || own < 0 || own >= scales.size()) {
            throw new IllegalArgumentException(classes.size() + " classes, " + scales.size() + " scales (the run's at "
                    + own + ") and " + noises + " noises are no panel");
        }
    }

    /** Rows of the sheet. */
    public int rows() {
        return classes.size() * noises;
    }

    /** The same choices, whatever the pictures. */
    public boolean isLike(GuidancePanel other) {
        return classes.equals(other.classes)
                && scales.equals(other.scales)
                && own == other.own
                && noises == other.noises;
    }
}
