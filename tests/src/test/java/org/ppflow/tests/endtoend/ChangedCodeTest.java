package org.ppflow.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.app.record.ExperimentRecord;
import org.ppflow.app.record.RecordFile;
import org.ppflow.app.run.RunFolder;
import org.ppflow.nn.provenance.Code;
import org.ppflow.tests.endtoend.CommandLineRun.Outcome;

/**
 * A run whose code was changed between two starts, as somebody does who tries a change of the method: it says which numbers follow from which code. The first start is made
 * to look like one of other code by changing the hash of a room that it kept.
 */
class ChangedCodeTest {
    @TempDir
    private Path folder;

    private Path config;

    @BeforeEach
    void runIt() throws IOException {
        config = Files.writeString(folder.resolve("small.yaml"), """
                name: small
                schedules: [sit, ppf-2]
                classifier: {steps: 2, batch: 8}
                model: {depth: 1, hidden: 16, heads: 2}
                training: {images: 24, batch: 4, ema: {decay: 0.9}, checkpoint_every: 3}
                sampling: {count: 8, steps: 2, batch: 4}
                report: {classes: 0, paths: 0}
                """);
        Outcome first = run();
        assertThat(first.code()).as(first.err()).isZero();
    }

    @Test
    void finishedRun_ofTheSameCode_saysNothingOfCode() throws IOException {
        Outcome again = run();

        assertThat(again.err()).contains("nothing was done again").doesNotContain("other code");
        assertThat(again.out()).doesNotContain("different code");
        assertThat(recordOf("ppf-2").codes()).hasSize(1);
    }

    @Test
    void finishedRun_ofOtherCode_saysThatThisCodeIsNotSeen() throws IOException {
        makeOther("train-sit");
        makeOther("train-ppf-2");

        Outcome again = run();

        assertThat(again.code()).isZero();
        assertThat(again.err())
                .contains(
                        "Caution: what was done already was done by other code",
                        "(classes of flow differ)",
                        "--set name=NAME");
    }

    @Test
    void modelThatWasTrainedByOtherCode_isNotComparedWithoutACaution() throws IOException {
        makeOther("train-sit");

        Outcome again = run();

        assertThat(again.out())
                .contains("Caution: models were trained by different code: sit by that of", "(classes of flow differ)");
        assertThat(folder.resolve("runs/small/report.html"))
                .content()
                .contains("models were trained by different code", "other code for sit");
    }

    @Test
    void samplesAndScoresOfOtherCode_areNotComparedWithoutACaution_andTheRecordNamesIt() throws IOException {
        makeOther("sample-sit");
        makeOther("evaluate-ppf-2");
        Files.delete(record("ppf-2"));

        Outcome again = run();

        assertThat(again.out())
                .contains(
                        "samples were drawn by different code: sit by",
                        "scores were computed by different code: sit by")
                .doesNotContain("models were trained by different code");
        assertThat(recordOf("ppf-2").codes()).hasSize(2);
    }

    @Test
    void trainingThatOtherCodeBegan_goesOn_andTableReportAndRecordSayIt() throws IOException {
        Path run = folder.resolve("runs/small");
        Path step = makeOther("train-ppf-2");
        Code before = code("train-ppf-2").get(0);
        Files.createDirectories(run.resolve("under-way"));
        // As a start leaves it that was killed after its last checkpoint.
        Files.writeString(
                run.resolve("under-way/train-ppf-2.json"),
                Files.readString(step).replaceFirst("\"outputs\"[^}]*},", ""));
        Files.delete(step);
        Files.delete(run.resolve("models/ppf-2/training.json"));
        Files.delete(record("ppf-2"));

        Outcome again = run();

        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.err())
                .contains(
                        "Caution: train-ppf-2: begun by the code of",
                        "(classes of flow differ); what comes out follows from both");
        assertThat(again.out()).contains("Caution: training of ppf-2: begun by the code of");
        assertThat(code("train-ppf-2")).hasSize(2).first().isEqualTo(before);
        assertThat(recordOf("ppf-2").codes()).hasSize(2);
        assertThat(recordOf("sit").codes()).hasSize(1);
        assertThat(run.resolve("under-way/train-ppf-2.json")).doesNotExist();
    }

    private Outcome run() {
        return CommandLineRun.run("run", config, "--runs", folder.resolve("runs"));
    }

    /** The record of a step, as other code would have left it. */
    private Path makeOther(String step) throws IOException {
        Path file = folder.resolve("runs/small/steps").resolve(step + ".json");
        OtherCode.makeOther(file);
        return file;
    }

    private List<Code> code(String step) throws IOException {
        return RunFolder.codes(folder.resolve("runs/small"), step);
    }

    private Path record(String model) {
        return folder.resolve("runs/small/records/small." + model + ".record.json");
    }

    private ExperimentRecord recordOf(String model) throws IOException {
        return RecordFile.read(record(model));
    }
}
