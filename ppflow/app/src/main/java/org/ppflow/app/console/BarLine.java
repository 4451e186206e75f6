package org.ppflow.app.console;

import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ProgressBarConsumer;

/**
 * The line of a terminal that a bar is drawn on, over and over. Of bars within bars the inner one is drawn, alone.
 *
 * <p>The bar library's own lines ask JLine for the terminal, which gives SIGINT back to the system: Ctrl-C then kills the process, and the step that
 * was to be saved with it. So JLine is not among our libraries, and what draws is here.
 */
final class BarLine implements ProgressBarConsumer {
    private static final long WIDTH_INTERVAL = 10_000_000_000L;

    /** Innermost first; also what guards the fields. */
    private static final Deque<BarLine> OPEN = new ArrayDeque<>();

    private final PrintWriter err;
    private final IntSupplier columns;
    private final LongSupplier nanoTime;
    private int width;
    private long widthTime;
    private int drawn;

    /**
     * A line below what is there.
     *
     * @param columns how wide the terminal is; asked again every 10 s, since people resize windows
     */
    BarLine(PrintWriter err, IntSupplier columns, LongSupplier nanoTime) {
        this.err = err;
        this.columns = columns;
        this.nanoTime = nanoTime;
        widthTime = nanoTime.getAsLong();
        width = columns.getAsInt();
        synchronized (OPEN) {
            BarLine outer = OPEN.peek();
            if (outer != null) {
                outer.end();
            }
            OPEN.push(this);
        }
    }

    /** In the last column some terminals go on to the next line. */
    @Override
    public int getMaxRenderedLength() {
        synchronized (OPEN) {
            if (nanoTime.getAsLong() - widthTime >= WIDTH_INTERVAL) {
                widthTime = nanoTime.getAsLong();
                width = columns.getAsInt();
            }
            return width - 1;
        }
    }

    @Override
    public void accept(String text) {
        synchronized (OPEN) {
            if (OPEN.peek() != this) {
                return;
            }
            // A longer text of before is blanked.
            err.print("\r" + text + " ".repeat(Math.max(0, drawn - text.length())));
            err.flush();
            drawn = text.length();
        }
    }

    @Override
    public void close() {
        synchronized (OPEN) {
            end();
            OPEN.remove(this);
        }
    }

    private void end() {
        if (drawn > 0) {
            err.println();
            err.flush();
            drawn = 0;
        }
    }
}
