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
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.provenance.Code;
import org.ppflow.nn.provenance.GitState;
import org.ppflow.nn.provenance.Provenance;
import org.ppflow.nn.provenance.Toolkit;
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
                    .containsExactly(code.without("eval"));
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
