package org.ppflow.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ppflow.tests.endtoend.CommandLineRun.sample;
import static org.ppflow.tests.endtoend.CommandLineRun.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.app.run.RunLock;
import org.ppflow.flow.model.ModelIdentification;
import org.ppflow.nn.weights.TensorFile;
import org.ppflow.nn.weights.TensorFiles;
import org.ppflow.tests.endtoend.CommandLineRun.Outcome;
import tools.jackson.databind.JsonNode;

/** Samplings that were cut off, changed, repeated or disturbed. */
class SampleResumeTest {
    private static final int COUNT = 10;

    @TempDir
    private Path folder;

    @Test
    void samplingThatWasKilled_goesOnAndEndsTheSame() throws IOException {
        Path whole = folder.resolve("whole.npz");
        assertThat(sample(whole, "--count", COUNT).code()).isZero();
        Path output = folder.resolve("killed.npz");
        // A kill after the first batch leaves its part; a second one during a write leaves a damaged part.
        assertThat(sample(output, "--count", COUNT).code()).isZero();
        Path parts = KilledSampling.afterItsFirstBatch(output);
        Files.writeString(parts.resolve("batch-00000001.npz"), "cut off");
        Outcome outcome = sample(output, "--count", COUNT);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(output).hasSameBinaryContentAs(whole);
        assertThat(parts).doesNotExist();
        Outcome again = sample(output, "--count", COUNT);
        assertThat(again.code()).isZero();
        assertThat(again.err()).contains("is finished; nothing was done again");
    }

    @Test
    void outputThatWasCutOff_isDrawnAgain() throws IOException {
        Path output = folder.resolve("cut.npz");
        assertThat(sample(output, "--count", 6).code()).isZero();
        byte[] whole = Files.readAllBytes(output);
        Files.write(output, Arrays.copyOf(whole, whole.length / 2));
        assertThat(sample(output, "--count", 6).code()).isZero();
        assertThat(output).hasBinaryContent(whole);
    }

    @Test
    void outputWhoseRecordWasNotWritten_isFinishedByTheSameCommand() throws IOException {
        Path output = folder.resolve("half.npz");
        assertThat(sample(output, "--count", 6).code()).isZero();
        Path record = KilledSampling.recordOf(output);
        JsonNode settings = KilledSampling.settings(output);
        Files.delete(record);
        Outcome refused = sample(output, "--count", 6);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("half.npz: something that no sampling left a record of");
        Path parts = Files.createDirectories(folder.resolve("half.npz.parts"));
        Files.writeString(parts.resolve("settings.json"), settings.toString());
        assertThat(sample(output, "--count", 6).code()).isZero();
        assertThat(record).exists();
        assertThat(parts).doesNotExist();
    }

    @Test
    void secondProcess_isRefusedAlsoWithOverwrite() throws IOException {
        Path output = folder.resolve("taken.npz");
        try (RunLock lock = RunLock.beside(output, "drawing these samples", "choose another --output")) {
            Outcome outcome = sample(output, "--count", 2, "--overwrite");
            assertThat(outcome.code()).isEqualTo(2);
            assertThat(outcome.err()).contains("another process is drawing these samples");
        }
        assertThat(sample(output, "--count", 2).code()).isZero();
        assertThat(folder.resolve("taken.npz.lock")).doesNotExist();
    }

    @Test
    void otherHeads_areOtherSettings() throws IOException {
        Path output = folder.resolve("heads.npz");
        assertThat(sample(output, "--count", 2).code()).isZero();
        Path config = folder.resolve("heads.config.json");
        String described;
        try (TensorFile file = TensorFiles.open(weights("ppf2"))) {
            described = ModelIdentification.identify(file, Optional.empty(), Optional.empty())
                    .description()
                    .toJson();
        }
        Files.writeString(config, described.replaceAll("\"heads\":\\d+", "\"heads\":1"));
        Outcome outcome = sample(output, "--count", 2, "--config", config);
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("samples of other settings (model.description.heads: ", " before, 1 now)");
    }

    @Test
    void anotherOutput_isNotReplacedUnlessAskedFor() throws IOException {
        Path output = folder.resolve("a.npz");
        assertThat(sample(output, "--count", 4, "--seed", 1).code()).isZero();
        byte[] before = Files.readAllBytes(output);
        Outcome refused = sample(output, "--count", 4, "--seed", 2);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("a.npz: samples of other settings (seed: 1 before, 2 now)", "--overwrite");
        Outcome more = sample(output, "--count", 4, "--seed", 2, "--points", 9);
        assertThat(more.err())
                .contains("(points: 7 before, 9 now; seed: 1 before, 2 now; times_sha256: ")
                .doesNotContainPattern("[0-9a-f]{64}");
        assertThat(Files.readAllBytes(output)).isEqualTo(before);
        assertThat(sample(output, "--count", 4, "--seed", 2, "--overwrite").code())
                .isZero();
        assertThat(Files.readAllBytes(output)).isNotEqualTo(before);
    }
}
