package org.ppflow.app.command.sweep;

import java.io.PrintWriter;
import java.util.Locale;
import org.ppflow.app.console.Duration;

/** A line on standard error for each candidate, with the time left at the pace of those that were not scored before. */
final class SweepProgress {
    private final PrintWriter err;
    private double seconds;
    private int scored;

    SweepProgress(PrintWriter err) {
        this.err = err;
    }

    /** A candidate that took so long. */
    void scored(double took) {
        seconds += took;
        scored++;
    }

    /**
     * Writes the line.
     *
     * @param number of the candidate, from 1
     * @param left candidates, at least
     */
    void line(int number, String label, String metric, double value, String more, int left) {
        String time = scored == 0 || left == 0 ? "" : ", about " + Duration.text(seconds / scored * left) + " left";
        err.printf(Locale.ROOT, "[%d] %s: %s %.4g; %s%s%n", number, label, metric, value, more, time);
        err.flush();
    }
}
