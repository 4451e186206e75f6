package org.ppflow.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsLogTest {
    @TempDir
    Path folder;

    @Test
    void resumed_hasEachStepOnce() throws IOException {
        Path file = folder.resolve("metrics.jsonl");
        try (MetricsLog log = MetricsLog.openAt(file, 0)) {
            log.append(50, Map.of("loss", 0.5));
            log.append(100, Map.of("loss", 0.4));
            log.append(150, Map.of("loss", Double.NaN));
        }
        Files.writeString(file, "{\"step\": 200, \"lo", StandardOpenOption.APPEND);

        try (MetricsLog log = MetricsLog.openAt(file, 100)) {
            log.append(150, Map.of("loss", Float.POSITIVE_INFINITY));
        }

        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "{\"step\":50,\"loss\":0.5}", "{\"step\":100,\"loss\":0.4}", "{\"step\":150,\"loss\":null}");
        assertThat(MetricsLog.read(file)).hasSize(3);
    }

    /** A full disk is told by the system without a place. */
    @Test
    void lineThatCannotBeWritten_isToldWithTheFile() throws IOException {
        Path file = folder.resolve("metrics.jsonl");
        MetricsLog log = MetricsLog.openAt(file, 0);
        log.close();
        assertThatThrownBy(() -> log.append(1, Map.of("loss", 0.5)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void openedAtTheStart_isEmpty() throws IOException {
        Path file = folder.resolve("metrics.jsonl");
        try (MetricsLog log = MetricsLog.openAt(file, 0)) {
            log.append(1, Map.of("loss", 0.5));
        }
        MetricsLog.openAt(file, 0).close();

        assertThat(file).isEmptyFile();
    }
}
