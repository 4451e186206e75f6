package org.ppflow.app.table;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a table.
 *
 * @param text as shown
 * @param value the number behind it, in full; null for a text or where nothing was measured
 * @param disturbed whether the measurement was disturbed, so that the number does not hold
 */
public record Cell(String text, @Nullable Double value, boolean disturbed) {
    /** What nothing disturbed. */
    public Cell(String text, @Nullable Double value) {
        this(text, value, false);
    }

    /** The same with a question mark: a number that does not hold. */
    public Cell doubted() {
        return new Cell(text + " ?", value, true);
    }

    /** A text. */
    public static Cell text(String text) {
        return new Cell(text, null);
    }

    /** A number with so many digits behind the point; one that rounds to 0 has no sign. */
    public static Cell number(double value, int digits) {
        String text = String.format(Locale.ROOT, "%." + digits + "f", value);
        boolean zero = text.startsWith("-") && text.chars().noneMatch(c -> c >= '1' && c <= '9');
        return new Cell(zero ? text.substring(1) : text, value);
    }

    /** A factor: {@code 1.63×}. */
    public static Cell factor(double value) {
        return new Cell(String.format(Locale.ROOT, "%.2f×", value), value);
    }

    /** A share as percents. */
    public static Cell percent(double share) {
        return new Cell(String.format(Locale.ROOT, "%.1f %%", 100 * share), share);
    }

    /** A share with its standard error, as percents. */
    public static Cell percent(double share, double standardError) {
        return new Cell(String.format(Locale.ROOT, "%.1f ± %.1f %%", 100 * share, 100 * standardError), share);
    }

    /** A time in seconds. */
    public static Cell seconds(double seconds) {
        String text = seconds < 60
                ? String.format(Locale.ROOT, "%.1f s", seconds)
                : String.format(Locale.ROOT, "%d min %02d s", Math.round(seconds) / 60, Math.round(seconds) % 60);
        return new Cell(text, seconds);
    }
}
