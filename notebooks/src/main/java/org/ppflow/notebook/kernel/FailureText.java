package org.ppflow.notebook.kernel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.Diag;
import org.ppflow.nn.errors.BadInputException;

/** Words for what went wrong in a cell: cell and line first, then the cause, without the frames of JShell and kernel. */
final class FailureText {
    private static final String RED = "\u001b[1;31m";
    private static final String PLAIN = "\u001b[0m";
    private static final int MOST_FRAMES = 12;
    /** Of javac's lines below the first that go into one line with it: symbol, location; required, found, reason. More are a list of candidates. */
    private static final int MOST_DETAILS = 3;

    private FailureText() {}

    /** Code that javac refuses. */
    static CellFailure compile(CellSource cell, int offset, List<Diag> diags) {
        List<String> lines = new ArrayList<>();
        String first = "";
        for (Diag diag : diags) {
            if (!diag.isError()) {
                continue;
            }
            CellSource.Place place = cell.at(offset + (int) Math.max(0, diag.getPosition()));
            List<String> message = diag.getMessage(null).lines().toList();
            List<String> details = details(message);
            String said = place + ", column " + place.column() + ": " + message.get(0);
            if (first.isEmpty()) {
                first = details.size() > MOST_DETAILS
                        ? said
                        : Stream.concat(Stream.of(said), details.stream()).collect(Collectors.joining(", "));
            }
            lines.add(RED + said + PLAIN);
            details.forEach(line -> lines.add("  " + line));
            lines.add("    " + place.text());
            lines.add("    " + " ".repeat(Math.max(0, place.column() - 1)) + "^");
        }
        return new CellFailure("CompileError", first, lines, null);
    }

    /** What javac says below its first line, as "symbol: variable x"; the class that JShell wraps code in has no name, and is left out. */
    private static List<String> details(List<String> message) {
        return message.stream()
                .skip(1)
                .map(line -> line.strip().replaceAll("\\s+", " "))
                .filter(line -> !line.isEmpty() && !line.equals("location: class"))
                .toList();
    }

    /** Code that ends too early, or uses what is defined nowhere. */
    static CellFailure refused(CellSource.Place place, String why) {
        return new CellFailure(
                "CompileError",
                place + ": " + why,
                List.of(RED + place + ": " + why + PLAIN, "    " + place.text()),
                null);
    }

    /**
     * An exception of code that ran.
     *
     * @param places place in a cell of a frame; empty for frames outside of cells
     * @param stack of the exception as JShell gives it, with snippets named
     */
    static CellFailure thrown(
            Throwable thrown,
            StackTraceElement[] stack,
            Function<StackTraceElement, Optional<CellSource.Place>> places) {
        String kind = thrown.getClass().getSimpleName();
        String message = thrown.getMessage() == null ? "" : thrown.getMessage();
        List<String> lines = new ArrayList<>();
        lines.add(RED + kind + PLAIN + (message.isEmpty() ? "" : ": " + message));
        String where = "";
        // What a person gave is wrong: the message says what to do, and no stack helps.
        boolean told = thrown instanceof BadInputException || thrown instanceof java.io.IOException;
        int frames = 0;
        for (StackTraceElement frame : stack) {
            Optional<CellSource.Place> place = places.apply(frame);
            if (place.isPresent()) {
                where = where.isEmpty() ? place.get().toString() : where;
                lines.add("  at " + place.get() + ":  " + place.get().text().strip());
            } else if (!told && !isMachinery(frame) && frames++ < MOST_FRAMES) {
                lines.add("  at " + frame);
            }
        }
        if (!told) {
            causes(thrown, lines);
        }
        return new CellFailure(kind, where.isEmpty() ? message : message + " (" + where + ")", lines, thrown);
    }

    private static void causes(Throwable thrown, List<String> lines) {
        Set<Throwable> seen = new HashSet<>(Set.of(thrown));
        for (Throwable cause = thrown.getCause(); cause != null && seen.add(cause); cause = cause.getCause()) {
            lines.add("caused by " + cause);
        }
    }

    private static boolean isMachinery(StackTraceElement frame) {
        String name = frame.getClassName();
        return name.startsWith("org.ppflow.notebook.kernel.")
                || name.startsWith("jdk.jshell.")
                || name.startsWith("REPL.")
                || name.startsWith("jdk.internal.reflect.")
                || name.startsWith("java.lang.reflect.")
                || name.startsWith("java.util.concurrent.")
                || name.equals("java.lang.Thread");
    }
}
