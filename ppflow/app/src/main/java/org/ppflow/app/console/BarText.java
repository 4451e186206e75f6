package org.ppflow.app.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The text of a bar: what is done, percent, rate, time left and the first of its notes, then as much of the rest as the terminal is wide enough for.
 *
 * @param what what is being done
 * @param total units of all the work
 * @param first units that were done before this start, which rates do not count
 * @param done units that are done by now
 * @param unit name of a unit, plural
 * @param seconds time since this start
 * @param note texts beside the bar, the most important first, with two spaces in between
 */
record BarText(String what, long total, long first, long done, String unit, double seconds, String note) {
    private static final String GAP = "  ";
    private static final int SHORTEST_BAR = 10;
    private static final int LONGEST_BAR = 40;
    private static final double WHOLE_RATES = 10;
    private static final double WHOLE_SECONDS = 10;
    private static final long MINUTE = 60;
    private static final long HOUR = 3600;

    /** The text in at most so many columns. */
    String fit(int columns) {
        List<String> notes = notes();
        // What is given up one after the other: further notes from the last on, the name of the unit, the count.
        for (int kept = notes.size(); kept >= Math.min(1, notes.size()); kept--) {
            String text = withBar(count() + " " + unit, notes.subList(0, kept), columns);
            if (!text.isEmpty()) {
                return text;
            }
        }
        List<String> important = notes.subList(0, Math.min(1, notes.size()));
        for (String count : List.of(count(), "")) {
            String text = withBar(count, important, columns);
            if (!text.isEmpty()) {
                return text;
            }
        }
        // Then the bar, and of a long name its end.
        String rest = GAP + percent() + after("", important);
        int room = columns - rest.length();
        String text = (what.length() <= room ? what : what.substring(0, Math.max(0, room - 1)) + "…") + rest;
        return text.length() <= columns ? text : text.substring(0, columns);
    }

    /** Empty where the bar would become too short to tell anything. */
    private String withBar(String count, List<String> notes, int columns) {
        String before = what + GAP + percent() + GAP;
        String after = after(count, notes);
        int bar = Math.min(LONGEST_BAR, columns - before.length() - after.length());
        if (bar < SHORTEST_BAR) {
            return "";
        }
        int inside = bar - 2;
        int filled = total == 0 ? inside : (int) (Math.min(done, total) * inside / total);
        return before + "[" + "=".repeat(filled) + " ".repeat(inside - filled) + "]" + after;
    }

    private String after(String count, List<String> notes) {
        List<String> parts = new ArrayList<>();
        if (!count.isEmpty()) {
            parts.add(count);
        }
        double rate = seconds > 0 ? (done - first) / seconds : 0;
        if (rate > 0) {
            parts.add(rate(rate));
            parts.add(done < total ? time((total - done) / rate) + " left" : "in " + taken());
        }
        parts.addAll(notes);
        return parts.isEmpty() ? "" : GAP + String.join(GAP, parts);
    }

    private List<String> notes() {
        return note.isBlank() ? List.of() : List.of(note.strip().split(" {2,}"));
    }

    private String count() {
        return done + "/" + total;
    }

    private String percent() {
        return String.format(Locale.ROOT, "%3d%%", total == 0 ? 100 : 100 * done / total);
    }

    private static String rate(double rate) {
        if (rate < 1) {
            return String.format(Locale.ROOT, "%.2f/s", rate);
        }
        return String.format(Locale.ROOT, rate < WHOLE_RATES ? "%.1f/s" : "%.0f/s", rate);
    }

    private String taken() {
        return seconds < WHOLE_SECONDS ? String.format(Locale.ROOT, "%.1f s", seconds) : time(seconds);
    }

    /** {@code 2:22}, {@code 1:02:22}. */
    private static String time(double seconds) {
        long whole = Math.round(seconds);
        return whole < HOUR
                ? String.format(Locale.ROOT, "%d:%02d", whole / MINUTE, whole % MINUTE)
                : String.format(Locale.ROOT, "%d:%02d:%02d", whole / HOUR, whole % HOUR / MINUTE, whole % MINUTE);
    }
}
