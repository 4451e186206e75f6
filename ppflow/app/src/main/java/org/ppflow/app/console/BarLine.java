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
 * <p>Libraries below Java write to the same terminal when work begins, TensorFlow while it prepares its first step, and nothing switches that off. So until there is progress the
 * cursor waits at the start of a bar that is no longer than what they write: their lines cover it, and the next bar is drawn below them.
 *
 * <p>The bar library's own lines ask JLine for the terminal, which gives SIGINT back to the system: Ctrl-C then kills the process, and the step that
 * was to be saved with it. So JLine is not among our libraries, and what draws is here.
 */
final class BarLine implements ProgressBarConsumer {
    private static final long WIDTH_INTERVAL = 10_000_000_000L;

    /** The shortest of the first lines that TensorFlow writes. */
    private static final int COVERED = 86;

    /** Innermost first; also what guards the fields. */
    private static final Deque<BarLine> OPEN = new ArrayDeque<>();

    private final PrintWriter err;
    private final IntSupplier columns;
    private final LongSupplier nanoTime;
    private int width;
    private long widthTime;
    private int drawn;
    private boolean progressed;

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
            return progressed ? width - 1 : Math.min(width - 1, COVERED);
        }
    }

    @Override
    public void accept(String text) {
        synchronized (OPEN) {
            if (OPEN.peek() != this) {
                return;
            }
            // A longer text of before is blanked.
            err.print("\r" + text + " ".repeat(Math.max(0, drawn - text.length())) + (progressed ? "" : "\r"));
            err.flush();
            drawn = text.length();
        }
    }

    /** From now on the cursor stays behind the bar. */
    void progressed() {
        synchronized (OPEN) {
            progressed = true;
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
