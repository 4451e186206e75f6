package org.ppflow.app.console;

import java.util.Locale;

/** Times for people. */
public final class Duration {
    private static final long MINUTE = 60;
    private static final long HOUR = 3600;

    private Duration() {}

    /** {@code 45 s}, {@code 12 min}, {@code 3 h 05 min}. */
    public static String text(double seconds) {
        long whole = Math.round(seconds);
        if (whole < MINUTE) {
            return whole + " s";
        }
        if (whole < HOUR) {
            return Math.round(seconds / MINUTE) + " min";
        }
        return String.format(Locale.ROOT, "%d h %02d min", whole / HOUR, whole % HOUR / MINUTE);
    }
}
