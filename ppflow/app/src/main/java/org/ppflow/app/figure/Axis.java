package org.ppflow.app.figure;

/**
 * What an axis shows.
 *
 * @param label quantity and unit
 * @param log whether equal ratios are equal lengths; then all values are above 0
 */
public record Axis(String label, boolean log) {
    public Axis {
        if (label.isBlank()) {
            throw new IllegalArgumentException("label: an axis says what it shows");
        }
    }

    /** With equal differences as equal lengths. */
    public static Axis linear(String label) {
        return new Axis(label, false);
    }
}
