package org.ppflow.app.console;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.ppflow.nn.progress.Progress;

/**
 * Progress on standard error: a bar with rate and time left where a person looks at a terminal, else a line every ten seconds. Rates
 * count from where the work was taken up, so resumed work does not look fast.
 */
public final class ConsoleProgress implements Progress {
    private static final long LINE_INTERVAL = 10_000_000_000L;
    private static final double NANOSECONDS = 1e9;
    private static final int BAR_INTERVAL_MILLIS = 500;

    private final PrintWriter err;
    private final boolean interactive;
    private final LongSupplier nanoTime;
    private final IntSupplier columns;

    /** Bars where standard error is a terminal, else lines; or what the writer itself knows to show. */
    public static Progress of(PrintWriter err) {
        if (err instanceof ProgressWriter own) {
            return own;
        }
        return new ConsoleProgress(err, Terminal.isThere());
    }

    /**
     * Progress on a stream.
     *
     * @param interactive whether a terminal is there to draw bars on
     */
    public ConsoleProgress(PrintWriter err, boolean interactive) {
        this(err, interactive, System::nanoTime, Terminal::columns);
    }

    ConsoleProgress(PrintWriter err, boolean interactive, LongSupplier nanoTime, IntSupplier columns) {
        this.err = err;
        this.interactive = interactive;
        this.nanoTime = nanoTime;
        this.columns = columns;
    }

    @Override
    public Task start(String what, long total, long done, String unit) {
        return interactive ? new Bar(what, total, done, unit) : new Lines(what, total, done, unit);
    }

    @Override
    public void say(String line) {
        err.println(line);
        err.flush();
    }

    private final class Bar implements Task {
        private final BarLine line = new BarLine(err, columns, nanoTime);
        private final ProgressBar bar;
        private final long first;

        Bar(String what, long total, long done, String unit) {
            first = done;
            long startTime = nanoTime.getAsLong();
            bar = new ProgressBarBuilder()
                    .startsFrom(done, java.time.Duration.ZERO)
                    .setTaskName(what)
                    .setInitialMax(total)
                    .setUpdateIntervalMillis(BAR_INTERVAL_MILLIS)
                    .setRenderer((state, width) -> new BarText(
                                    what,
                                    total,
                                    done,
                                    state.getCurrent(),
                                    unit,
                                    (nanoTime.getAsLong() - startTime) / NANOSECONDS,
                                    state.getExtraMessage())
                            .fit(width))
                    .setConsumer(line)
                    .build();
        }

        @Override
        public void advanceTo(long done) {
            if (done > first) {
                line.progressed();
            }
            bar.stepTo(done);
        }

        @Override
        public void note(String text) {
            bar.setExtraMessage(text);
        }

        @Override
        public void close() {
            bar.close();
            // The library leaves it open where the bar was closed before it was drawn a first time.
            line.close();
        }
    }

    private final class Lines implements Task {
        private final String what;
        private final long total;
        private final String unit;
        private final long startTime = nanoTime.getAsLong();
        private long lastLine = startTime;
        private final long first;
        private long done;
        private String note = "";
        private String printed = "";

        Lines(String what, long total, long done, String unit) {
            this.what = what;
            this.total = total;
            this.first = done;
            this.done = done;
            this.unit = unit;
        }

        @Override
        public void advanceTo(long newDone) {
            done = newDone;
            if (nanoTime.getAsLong() - lastLine >= LINE_INTERVAL) {
                lastLine = nanoTime.getAsLong();
                print();
            }
        }

        @Override
        public void note(String text) {
            note = text;
        }

        /** Says the last state, unless its line is there already. */
        @Override
        public void close() {
            if (!state().equals(printed)) {
                print();
            }
        }

        private String state() {
            return done + " " + note;
        }

        private void print() {
            printed = state();
            double seconds = (nanoTime.getAsLong() - startTime) / NANOSECONDS;
            double rate = seconds > 0 ? (done - first) / seconds : 0;
            StringBuilder line = new StringBuilder(String.format(
                    Locale.ROOT,
                    "%s  %d %%  %d/%d %s  " + (rate > 0 && rate < 1 ? "%.2f" : "%.0f") + " %s/s",
                    what,
                    total == 0 ? 100 : 100 * done / total,
                    done,
                    total,
                    unit,
                    rate,
                    unit));
            if (done < total && rate > 0) {
                long left = Math.round((total - done) / rate);
                line.append(String.format(Locale.ROOT, "  %d:%02d left", left / 60, left % 60));
            }
            if (!note.isEmpty()) {
                line.append("  ").append(note);
            }
            err.println(line);
            err.flush();
        }
    }
}
