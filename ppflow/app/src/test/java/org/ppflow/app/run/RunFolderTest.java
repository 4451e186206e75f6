package org.ppflow.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.app.config.ConfigReader;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.provenance.Provenance;
import org.slf4j.LoggerFactory;

class RunFolderTest {
    private static final List<String> OUTPUTS = List.of("made.txt", "folder");

    private static final StepFiles FILES = new StepFiles(OUTPUTS, List.of(), List.of());

    @TempDir
    Path runs;

    private final AtomicInteger worked = new AtomicInteger();

    @Test
    void aStep_isDoneOnceForTheSameInputsAndOutputs() throws IOException {
        StepRecord first;
        try (RunFolder run = open()) {
            first = run.step("data", "inputs", FILES, () -> work(run));
        }
        try (RunFolder run = open()) {
            assertThat(run.step("data", "inputs", FILES, () -> work(run))).isEqualTo(first);
            assertThat(worked).hasValue(1);
            assertThat(run.record("data")).contains(first);
        }
        assertThat(first.seconds()).isPositive();
        assertThat(first.outputs()).containsOnlyKeys("made.txt", "folder");
    }

    @Test
    void aRunAlone_doesAllItself() throws IOException {
        ExperimentConfig second = ConfigReader.parse("c", "name: second\nschedules: [sit]\n", List.of());
        try (RunFolder run = open()) {
            run.step("data", "inputs", FILES, () -> work(run));
        }
        try (RunFolder run = RunFolder.open(runs, second)) {
            run.shared("data", "inputs", FILES, () -> work(run));
        }
        assertThat(worked).hasValue(2);
    }

    @Test
    void aStepThatAnotherRunHasDone_isTakenFromThere() throws IOException {
        ExperimentConfig inner = ConfigReader.parse("c", "name: inner\nschedules: [sit]\n", List.of());
        StepRecord first;
        try (RunFolder run = open()) {
            first = run.step("data", "inputs", FILES, () -> work(run));
            Files.writeString(run.resolve("beside.jsonl"), "beside");
        }
        try (RunFolder run = RunFolder.open(runs, runs.resolve("grid"), inner)) {
            assertThat(run.shared(
                            "data",
                            "others",
                            new StepFiles(OUTPUTS, List.of("beside.jsonl"), List.of()),
                            () -> work(run)))
                    .isNotEqualTo(first);
            assertThat(worked).hasValue(2);
        }
        ExperimentConfig second = ConfigReader.parse("c", "name: second\nschedules: [sit]\n", List.of());
        try (RunFolder run = RunFolder.open(runs, runs.resolve("grid"), second)) {
            assertThat(run.shared(
                            "data",
                            "inputs",
                            new StepFiles(OUTPUTS, List.of("beside.jsonl"), List.of()),
                            () -> work(run)))
                    .isEqualTo(first);
            assertThat(worked).hasValue(2);
            assertThat(run.resolve("beside.jsonl")).hasContent("beside");
            assertThat(run.finished("data", "inputs", OUTPUTS)).contains(first);
        }
    }

    @Test
    void aTakingThatWasKilled_isEndedAndOtherWorkIsLeft() throws IOException {
        ExperimentConfig second = ConfigReader.parse("c", "name: second\nschedules: [sit]\n", List.of());
        List<String> beside = List.of("beside.jsonl", "inputs.txt");
        StepRecord first;
        try (RunFolder run = open()) {
            first = run.step("data", "inputs", FILES, () -> work(run));
            Files.writeString(run.resolve("beside.jsonl"), "beside");
            Files.writeString(run.resolve("inputs.txt"), "inputs");
        }
        try (RunFolder run = RunFolder.open(runs, runs.resolve("grid"), second)) {
            // Killed with a companion and one of two outputs copied.
            Files.copy(runs.resolve("a/made.txt"), run.resolve("made.txt"));
            Files.writeString(run.resolve("beside.jsonl"), "beside");
            assertThat(run.shared("data", "inputs", new StepFiles(OUTPUTS, beside, List.of()), () -> work(run)))
                    .isEqualTo(first);
            assertThat(worked).hasValue(1);
            assertThat(run.resolve("inputs.txt")).hasContent("inputs");
            assertThat(run.finished("data", "inputs", OUTPUTS)).contains(first);
        }
        ExperimentConfig third = ConfigReader.parse("c", "name: third\nschedules: [sit]\n", List.of());
        try (RunFolder run = RunFolder.open(runs, runs.resolve("grid"), third)) {
            Files.writeString(run.resolve("beside.jsonl"), "what this run has done itself");
            run.shared("data", "inputs", new StepFiles(OUTPUTS, beside, List.of()), () -> work(run));
            assertThat(worked).hasValue(2);
            assertThat(run.resolve("beside.jsonl")).hasContent("what this run has done itself");
        }
    }

    @Test
    void aStepWhoseFilesAreNoLongerWhatTheyWere_isNotTaken() throws IOException {
        ExperimentConfig second = ConfigReader.parse("c", "name: second\nschedules: [sit]\n", List.of());
        try (RunFolder run = open()) {
            run.step("data", "inputs", FILES, () -> work(run));
            Files.writeString(run.resolve("made.txt"), "changed by hand");
        }
        try (RunFolder run = RunFolder.open(runs, runs.resolve("grid"), second)) {
            run.shared("data", "inputs", FILES, () -> work(run));
            assertThat(worked).hasValue(2);
        }
    }

    @Test
    void aStep_isDoneAgainWhenInputsOrOutputsChange() throws IOException {
        try (RunFolder run = open()) {
            run.step("data", "inputs", FILES, () -> work(run));
            run.step("data", "others", FILES, () -> work(run));
            assertThat(worked).hasValue(2);

            Files.writeString(run.resolve("made.txt"), "changed by hand");
            run.step("data", "others", FILES, () -> work(run));
            assertThat(worked).hasValue(3);

            Files.writeString(run.resolve("folder/added"), "");
            run.step("data", "others", FILES, () -> work(run));
            assertThat(worked).hasValue(4);

            Files.delete(run.resolve("made.txt"));
            run.step("data", "others", FILES, () -> work(run));
            assertThat(worked).hasValue(5);

            Files.writeString(run.resolve("steps/data.json"), "{\"name\": ");
            run.step("data", "others", FILES, () -> work(run));
            assertThat(worked).hasValue(6);
        }
    }

    @Test
    void aStepThatFails_leavesNoRecord() throws IOException {
        try (RunFolder run = open()) {
            run.step("data", "inputs", FILES, () -> work(run));
            assertThatThrownBy(() -> run.step("data", "others", FILES, () -> {
                        throw new IOException("no space");
                    }))
                    .hasMessage("no space");
            assertThat(run.record("data")).isEmpty();
            assertThatThrownBy(() -> run.step("more", "inputs", StepFiles.of("never"), () -> {}))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("did not leave");
        }
    }

    @Test
    void aSecondProcess_isRefusedUntilTheFirstEnds() throws IOException {
        RunFolder first = open();
        assertThatThrownBy(this::open)
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("another process is running this experiment");
        first.close();
        open().close();
    }

    @Test
    void anotherConfig_beforeAnyStep_replacesTheFirst() throws IOException {
        open().close();
        RunFolder.open(runs, config("model.depth=2")).close();
        RunFolder.open(runs, config("model.depth=2")).close();
    }

    /** A training has no record before it ends; where the data are encoded elsewhere there is none at all. */
    @Test
    void anotherConfig_afterACheckpoint_isRefused() throws IOException {
        try (RunFolder run = open()) {
            Files.createDirectories(run.resolve("models/sit/checkpoints/00000100"));
        }
        assertThatThrownBy(() -> RunFolder.open(runs, config("model.depth=2")))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("model.depth: 4 before, 2 now");
        open().close();
    }

    @Test
    void otherThreads_areNoOtherConfig() throws IOException {
        try (RunFolder run = open()) {
            run.step("first", "inputs", StepFiles.of(), () -> {});
        }
        RunFolder.open(runs, config("runtime.threads=2")).close();
    }

    @Test
    void anotherReport_isNoOtherConfigAndIsKept() throws IOException {
        try (RunFolder run = open()) {
            run.step("first", "inputs", StepFiles.of(), () -> {});
        }

        RunFolder.open(runs, config("report.paths=1", "report.guidance=[1, 9]")).close();

        ExperimentConfig kept = ConfigReader.read(runs.resolve("a/config.yaml"), List.of());
        assertThat(kept.report().paths()).isEqualTo(1);
        assertThat(kept.report().guidance()).containsExactly(1.0, 9.0);
    }

    @Test
    void anotherConfig_isRefusedWithTheKeysThatDiffer() throws IOException {
        try (RunFolder run = open()) {
            run.step("first", "inputs", StepFiles.of(), () -> {});
        }

        assertThatThrownBy(() -> RunFolder.open(runs, config("model.depth=2", "training.betas=[0.9, 0.95]")))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("model.depth: 4 before, 2 now")
                .hasMessageContaining("training.betas: [0.9,0.999] before, [0.9,0.95] now")
                .hasMessageContaining("take the config that it keeps: bin/ppflow run " + runs.resolve("a/config.yaml"))
                .hasMessageContaining("--set name=NAME");
        open().close();
    }

    @Test
    void configAndProvenance_areOfTheFirstStart() throws IOException {
        Provenance first = Provenance.now("2", "cpu", Map.of(), Map.of(), List.of("ppflow", "run"));
        Provenance second = Provenance.now("3", "cpu", Map.of(), Map.of(), List.of("ppflow", "run"));
        try (RunFolder run = open()) {
            run.keepProvenance(first, caution -> {});
            run.keepProvenance(second, caution -> {});

            assertThat(Provenance.fromJson(Files.readString(run.resolve("provenance.json"))))
                    .isEqualTo(first);
            assertThat(ConfigReader.read(run.resolve("config.yaml"), List.of())).isEqualTo(config());
        }
    }

    @Test
    void theLog_hasWhatIsLoggedWhileTheFolderIsOpen() throws IOException {
        Path log = runs.resolve("a/log.txt");
        try (RunFolder run = open()) {
            LoggerFactory.getLogger("test").info("during {}", run.path().getFileName());
        }
        LoggerFactory.getLogger("test").info("after");

        assertThat(log).content().contains("INFO  test during a").doesNotContain("after");
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
