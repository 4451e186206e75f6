package org.ppflow.notebook.workbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ppflow.notebook.display.RecordingScreen;

class CellTest {
    @Test
    void ppflow_runsACommandAndShowsWhatItPrints() {
        try (RecordingScreen screen = new RecordingScreen()) {
            Cell.ppflow("flops --model XL --schedule ppf-2");

            assertThat(screen.texts()).hasSize(1);
            assertThat(screen.texts().get(0)).contains("XL", "62.2");
        }
    }

    @Test
    void ppflow_failsWithTheReasonOfTheCommand() {
        try (RecordingScreen screen = new RecordingScreen()) {
            assertThatThrownBy(() -> Cell.ppflow("flops --model XL --schedule ppf-9"))
                    .isInstanceOfSatisfying(
                            CommandFailedException.class,
                            failure -> assertThat(failure.code()).isEqualTo(2))
                    .hasMessageContaining("ppf-9");
            assertThat(screen.texts()).hasSize(1);
        }
    }

    @Test
    void key_marksAFigureInTheOutputsMetadata() {
        try (RecordingScreen screen = new RecordingScreen()) {
            Cell.key("tokens", 64);
            Cell.key("loss", 0.25, 0.01, "threads");
            Cell.keyWithin("score", 12.5, 0, 20, "sampled");

            assertThat(screen.texts()).containsExactly("tokens: 64", "loss: 0.2500", "score: 12.50");
            assertThat(screen.shown().get(1).metadata())
                    .isEqualTo(Map.of(
                            "ppflow", Map.of("name", "loss", "value", 0.25, "tolerance", 0.01, "because", "threads")));
            assertThat(screen.shown().get(2).metadata().get("ppflow"))
                    .isEqualTo(Map.of("name", "score", "value", 12.5, "low", 0.0, "high", 20.0, "because", "sampled"));
        }
    }

    @Test
    void key_rejectsAFigureThatIsNoNumber() {
        assertThatThrownBy(() -> Cell.key("loss", Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }
}
