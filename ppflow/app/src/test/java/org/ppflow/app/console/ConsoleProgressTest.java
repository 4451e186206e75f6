package org.ppflow.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.ppflow.nn.progress.Progress;

class ConsoleProgressTest {
    private final StringWriter written = new StringWriter();
    private final AtomicLong nanoTime = new AtomicLong();
    private final Progress progress = new ConsoleProgress(new PrintWriter(written), false, nanoTime::get, () -> 80);

    @Test
    void lines_haveRateAndTimeLeftAtMostEveryTenSeconds() {
        try (Progress.Task task = progress.start("train ppf-2", 1000, "images")) {
            for (int second = 1; second <= 20; second++) {
                nanoTime.set(second * 1_000_000_000L);
                task.note("loss 0.5");
                task.advanceTo(second * 10L);
            }
        }
        assertThat(written.toString().lines())
                .containsExactly(
                        "train ppf-2  10 %  100/1000 images  10 images/s  1:30 left  loss 0.5",
                        "train ppf-2  20 %  200/1000 images  10 images/s  1:20 left  loss 0.5");
    }

    @Test
    void whatIsSaid_isALineOfItsOwn() {
        progress.say("ppf-2: goes on after step 4 of 8");

        assertThat(written.toString().lines()).containsExactly("ppf-2: goes on after step 4 of 8");
    }

    @Test
    void lastLine_isNotSaidAgainAtTheEnd() {
        try (Progress.Task task = progress.start("features", 8, "pictures")) {
            nanoTime.set(10_000_000_000L);
            task.advanceTo(4);
            nanoTime.set(20_000_000_000L);
            task.advanceTo(8);
        }
        assertThat(written.toString().lines())
                .containsExactly(
                        "features  50 %  4/8 pictures  0.40 pictures/s  0:10 left",
                        "features  100 %  8/8 pictures  0.40 pictures/s");
    }

    @Test
    void workTakenUpAgain_isNotCountedAsFast() {
        try (Progress.Task task = progress.start("sample", 1000, 900, "samples")) {
            nanoTime.set(10_000_000_000L);
            task.advanceTo(950);
        }
        assertThat(written.toString().lines().findFirst())
                .contains("sample  95 %  950/1000 samples  5 samples/s  0:10 left");
    }

    @Test
    void finishedWork_hasNoTimeLeft() {
        try (Progress.Task task = progress.start("encode", 8, "pictures")) {
            nanoTime.set(1_000_000_000L);
            task.advanceTo(8);
        }
        assertThat(written.toString()).isEqualToNormalizingNewlines("encode  100 %  8/8 pictures  8 pictures/s\n");
    }

    @Test
    void of_handsOverToAWriterThatShowsProgressItself() {
        PrintWriter own = new ProgressWriter(new StringWriter()) {
            @Override
            public Task start(String what, long total, long done, String unit) {
                return Progress.NONE.start(what, total, done, unit);
            }
        };

        assertThat(ConsoleProgress.of(own)).isSameAs(own);
        assertThat(ConsoleProgress.of(new PrintWriter(written))).isInstanceOf(ConsoleProgress.class);
    }
}
