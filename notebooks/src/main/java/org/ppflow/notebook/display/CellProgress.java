package org.ppflow.notebook.display;

import com.google.common.html.HtmlEscapers;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.ppflow.app.console.Duration;
import org.ppflow.app.run.StopSignal;
import org.ppflow.nn.progress.Progress;

/**
 * Progress as an output of the cell that changes in its place. Work that cannot stop by itself is ended here when the person interrupts: between two of its steps.
 */
public final class CellProgress implements Progress {
    private static final long INTERVAL = 250_000_000L;

    /** Work that is done sooner is not worth an output. */
    private static final long SHORT = 300_000_000L;

    private static final double NANOSECONDS = 1e9;

    private final LongSupplier nanoTime;

    /** Progress on the screen of this process. */
    public CellProgress() {
        this(System::nanoTime);
    }

    CellProgress(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public Task start(String what, long total, long done, String unit) {
        return new Bar(what, total, done, unit);
    }

    private final class Bar implements Task {
        private final String what;
        private final long total;
        private final long first;
        private final String unit;
        private final long started = nanoTime.getAsLong();
        private String id = "";
        private long drawn = started;
        private long done;
        private String note = "";

        Bar(String what, long total, long done, String unit) {
            this.what = what;
            this.total = total;
            this.first = done;
            this.done = done;
            this.unit = unit;
        }

        @Override
        public void advanceTo(long now) {
            done = now;
            if (Screen.current().interrupted() && !StopSignal.isHeard()) {
                throw new InterruptedWorkException(what);
            }
            if (nanoTime.getAsLong() - drawn >= INTERVAL) {
                draw();
            }
        }

        private void draw() {
            if (nanoTime.getAsLong() - started < SHORT) {
                return;
            }
            drawn = nanoTime.getAsLong();
            if (id.isEmpty()) {
                id = Screen.current().show(bundle());
            } else {
                Screen.current().update(id, bundle());
            }
        }

        @Override
        public void note(String text) {
            note = text;
        }

        @Override
        public void close() {
            draw();
        }

        private Bundle bundle() {
            double seconds = (nanoTime.getAsLong() - started) / NANOSECONDS;
            double rate = seconds > 0 ? (done - first) / seconds : 0;
            String left = done < total && rate > 0 ? ", " + Duration.text((total - done) / rate) + " left" : "";
            String text = String.format(
                    Locale.ROOT,
                    "%s: %,d of %,d %s%s%s%s",
                    what,
                    done,
                    total,
                    unit,
                    rate > 0 ? String.format(Locale.ROOT, rate < 10 ? ", %.1f/s" : ", %.0f/s", rate) : "",
                    left,
                    note.isEmpty() ? "" : ", " + note.replaceAll(" +", " "));
            return Bundle.of(
                    Bundle.HTML,
                    "<progress value=\"" + done + "\" max=\"" + Math.max(1, total) + "\"></progress> "
                            + HtmlEscapers.htmlEscaper().escape(text),
                    text);
        }
    }
}
