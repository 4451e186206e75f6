package org.ppflow.notebook.display;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.ppflow.app.run.StopSignal;
import org.ppflow.nn.progress.Progress;

class CellProgressTest {
    private final AtomicLong clock = new AtomicLong();
    private final CellProgress progress = new CellProgress(clock::get);

    @Test
    void start_showsOneOutputThatChangesInItsPlace() {
        try (RecordingScreen screen = new RecordingScreen()) {
            try (Progress.Task task = progress.start("train ppf-2", 4800, 480, "images")) {
                clock.addAndGet(2_000_000_000L);
                task.note("loss  0.5");
                task.advanceTo(1440);
                assertThat(screen.texts())
                        .containsExactly("train ppf-2: 1,440 of 4,800 images, 480/s, 7 s left, loss 0.5");
                task.advanceTo(4800);
            }
            assertThat(screen.texts()).hasSize(1);
            assertThat(screen.texts().get(0)).startsWith("train ppf-2: 4,800 of 4,800 images");
            assertThat(screen.shown().get(0).data().get(Bundle.HTML))
                    .startsWith("<progress value=\"4800\" max=\"4800\">");
        }
    }

    @Test
    void close_leavesNoOutputOfWorkThatTookNoTime() {
        try (RecordingScreen screen = new RecordingScreen()) {
            try (Progress.Task task = progress.start("features", 60, "pictures")) {
                clock.addAndGet(100_000_000L);
                task.advanceTo(60);
            }
            assertThat(screen.shown()).isEmpty();
        }
    }

    @Test
    void advanceTo_endsWorkThatWasInterrupted() {
        try (RecordingScreen screen = new RecordingScreen();
                Progress.Task task = progress.start("encode", 10, "pictures")) {
            screen.interrupt();

            assertThatThrownBy(() -> task.advanceTo(1))
                    .isInstanceOf(InterruptedWorkException.class)
                    .hasMessageContaining("encode was interrupted");
        }
    }

    @Test
    void advanceTo_leavesTheEndToWorkThatSavesWhatItHas() {
        try (RecordingScreen screen = new RecordingScreen();
                StopSignal training = StopSignal.listen();
                Progress.Task task = progress.start("train", 10, "images")) {
            screen.interrupt();

            assertThatCode(() -> task.advanceTo(1)).doesNotThrowAnyException();
            assertThat(training.requested()).isFalse();
        }
    }
}
