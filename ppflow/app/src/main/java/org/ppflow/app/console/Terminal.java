package org.ppflow.app.console;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The terminal that standard error is, if it is one. Asked through other programs: libraries for terminals take over signals and settings, after
 * which Ctrl-C no longer reaches the work that wants to save what it has.
 */
public final class Terminal {
    /** Set by {@code bin/ppflow} where standard error is a terminal, which Java cannot ask. */
    private static final String THERE = "PPFLOW_TERMINAL";

    private static final int USUAL_COLUMNS = 80;
    private static final long PATIENCE_SECONDS = 2;
    private static final File STANDARD_ERROR = new File("/dev/stderr");
    private static final Pattern ROWS_AND_COLUMNS = Pattern.compile("\\d+ (\\d{1,4})\\s*");

    private Terminal() {}

    /** Whether a person looks at standard error. */
    public static boolean isThere() {
        return "1".equals(System.getenv(THERE));
    }

    /** Columns at present; 80 where nobody knows. Takes some milliseconds. */
    static int columns() {
        return columns(STANDARD_ERROR);
    }

    static int columns(File terminal) {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(terminal)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (InputStream answer = stty.getInputStream()) {
                if (!stty.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    stty.destroyForcibly();
                    return USUAL_COLUMNS;
                }
                return columns(new String(answer.readAllBytes(), StandardCharsets.US_ASCII))
                        .orElse(USUAL_COLUMNS);
            }
        } catch (IOException e) {
            return USUAL_COLUMNS;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return USUAL_COLUMNS;
        }
    }

    /** What {@code stty size} answers; a terminal that was never told its size has none. */
    static OptionalInt columns(String answer) {
        Matcher size = ROWS_AND_COLUMNS.matcher(answer);
        if (!size.matches()) {
            return OptionalInt.empty();
        }
        int columns = Integer.parseInt(size.group(1));
        return columns == 0 ? OptionalInt.empty() : OptionalInt.of(columns);
    }
}
