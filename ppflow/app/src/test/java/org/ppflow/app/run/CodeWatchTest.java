package org.ppflow.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.app.config.ConfigReader;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.nn.provenance.Code;
import org.ppflow.nn.provenance.GitState;
import org.ppflow.nn.provenance.Provenance;
import org.ppflow.nn.provenance.Toolkit;

class CodeWatchTest {
    private static final List<String> OUTPUTS = List.of("made.txt", "folder");

    private static final StepFiles FILES = new StepFiles(OUTPUTS, List.of(), List.of());

    @TempDir
    Path runs;

    private final AtomicInteger worked = new AtomicInteger();

    @Test
    void aStepThatOtherCodeBegan_saysSo_whereItGoesOnFromWhatThatLeft() throws IOException {
        StepFiles files = new StepFiles(List.of("made.txt"), List.of(), List.of("parts/*"));
        List<String> cautions = new ArrayList<>();
        try (RunFolder run = open()) {
            run.keepProvenance(by("a"), cautions::add);
            assertThatThrownBy(() -> run.step("train", "inputs", files, () -> {
                        Files.createDirectories(run.resolve("parts"));
                        Files.writeString(run.resolve("parts/one"), "half");
                        throw new IOException("killed");
                    }))
                    .hasMessage("killed");
        }
        assertThat(cautions).isEmpty();
        try (RunFolder run = open()) {
            run.keepProvenance(by("b"), cautions::add);
            StepRecord record =
                    run.step("train", "inputs", files, () -> Files.writeString(run.resolve("made.txt"), "x"));

            assertThat(record.codes()).containsExactly(by("a").code(), by("b").code());
            assertThat(RunFolder.codes(run.path(), "train")).isEqualTo(record.codes());
            assertThat(run.unseenChange()).isEmpty();
        }
        assertThat(cautions)
                .singleElement()
                .asString()
                .contains("train: begun by the code of", "(classes of flow differ)", "--set name=NAME");
    }

    @Test
    void aStepThatBeginsAnew_isOfTheCodeThatDoesIt() throws IOException {
        List<String> cautions = new ArrayList<>();
        try (RunFolder run = open()) {
            run.keepProvenance(by("a"), cautions::add);
            assertThatThrownBy(() -> run.step("report", "inputs", StepFiles.of("made.txt"), () -> {
                        throw new IOException("killed");
                    }))
                    .hasMessage("killed");
        }
        try (RunFolder run = open()) {
            run.keepProvenance(by("b"), cautions::add);
            StepRecord record = run.step(
                    "report",
                    "inputs",
                    StepFiles.of("made.txt"),
                    () -> Files.writeString(run.resolve("made.txt"), "x"));

            assertThat(record.codes()).containsExactly(by("b").code());
        }
        assertThat(cautions).isEmpty();
    }

    @Test
    void aStepThatOtherCodeFinished_isNotDoneAgain_andTellsOfTheChangeThatIsNotSeen() throws IOException {
        try (RunFolder run = open()) {
            run.keepProvenance(by("a"), caution -> {});
            run.step("data", "inputs", FILES, () -> work(run));
        }
        try (RunFolder run = open()) {
            run.keepProvenance(by("b"), caution -> {});
            run.step("data", "inputs", FILES, () -> work(run));

            assertThat(run.worked()).isFalse();
            assertThat(run.unseenChange().orElseThrow().where()).isEqualTo(" (classes of flow differ)");
        }
    }

    @Test
    void aFinishedStep_thatIsDoneAgainFromWhatItLeft_keepsTheCodeThatDidIt() throws IOException {
        StepFiles files = new StepFiles(List.of("made.txt"), List.of(), List.of("parts/*"));
        try (RunFolder run = open()) {
            run.keepProvenance(by("a"), caution -> {});
            Files.createDirectories(run.resolve("parts"));
            Files.writeString(run.resolve("parts/one"), "whole");
            run.step("train", "inputs", files, () -> Files.writeString(run.resolve("made.txt"), "x"));
            Files.delete(run.resolve("made.txt"));
        }
        try (RunFolder run = open()) {
            run.workBy(by("b").code(), caution -> {});
            StepRecord record =
                    run.step("train", "inputs", files, () -> Files.writeString(run.resolve("made.txt"), "x"));

            assertThat(record.codes()).containsExactly(by("a").code(), by("b").code());
        }
    }

    @Test
    void aStepOfAVersionThatKeptNoCode_isOfTheOneThatTheRunWasStartedBy() throws IOException {
        try (RunFolder run = open()) {
            run.step("data", "inputs", FILES, () -> work(run));
            by("").writeTo(run.resolve("provenance.json"));
        }
        assertThat(RunFolder.codes(runs.resolve("a"), "data")).containsExactly(by("").code());
        try (RunFolder run = open()) {
            run.keepProvenance(by("b"), caution -> {});
            run.step("data", "inputs", FILES, () -> work(run));

            assertThat(run.unseenChange()).isPresent();
        }
    }

    @Test
    void aStepThatIsTakenFromAnotherRun_keepsTheCodeThatDidItThere() throws IOException {
        try (RunFolder run = open()) {
            run.keepProvenance(by("a"), caution -> {});
            run.step("data", "inputs", FILES, () -> work(run));
        }
        try (RunFolder run = RunFolder.open(runs, runs.resolve("grid"), config())) {
            run.keepProvenance(by("b"), caution -> {});
            StepRecord taken = run.shared("data", "inputs", FILES, () -> work(run));

            assertThat(taken.codes()).containsExactly(by("a").code());
            assertThat(run.unseenChange().orElseThrow().earlier()).isEqualTo("commit aaaaaaaaaaaa, with changes");
            assertThat(run.afresh()).contains("--runs FOLDER");
        }
    }

    @Test
    void scores_followFromTheirRoomToo_andNothingElseDoes() throws IOException {
        try (RunFolder run = open()) {
            Provenance provenance = by("a");
            Code code = new Code(provenance.toolkit(), Map.of("flow", "a", "eval", "e"));
            run.workBy(code, caution -> {});

            assertThat(run.step("data", "inputs", FILES, () -> work(run)).codes())
                    .containsExactly(code.withoutScores());
            assertThat(run.step("evaluate", "inputs", StepFiles.scores("made.txt"), () -> {})
                            .codes())
                    .containsExactly(code);
        }
    }

    private static Provenance by(String flow) {
        Provenance now = Provenance.now("2", "cpu", Map.of(), Map.of(), List.of("ppflow", "run"));
        return new Provenance(
                new Toolkit("1", new GitState("a".repeat(40), true)),
                now.machine(),
                now.tensorflow(),
                now.device(),
                now.seeds(),
                now.dataHashes(),
                now.commandLine(),
                now.startedAt(),
                Map.of(),
                flow.isEmpty() ? Map.of() : Map.of("nn", "same", "flow", flow),
                null);
    }

    private RunFolder open() throws IOException {
        return RunFolder.open(runs, config());
    }

    private void work(RunFolder run) throws IOException {
        worked.incrementAndGet();
        Files.writeString(run.resolve("made.txt"), "made");
        Files.createDirectories(run.resolve("folder/inner"));
        Files.writeString(run.resolve("folder/inner/file"), "inner");
    }

    private static ExperimentConfig config(String... overrides) {
        return ConfigReader.parse("a.yaml", "name: a\nschedules: [sit]", List.of(overrides));
    }
}
