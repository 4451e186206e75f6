package org.ppflow.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.data.loader.LatentDataset;
import org.ppflow.eval.protocol.Evaluation;
import org.ppflow.tests.endtoend.CommandLineRun.Outcome;

/** {@code run} of picture files in a folder a class: a classifier of them scores the samples, and {@code evaluate} scores others by the same. */
class RunOwnPicturesTest {
    private static final Path INCEPTION =
            Path.of("..", "eval", "src", "test", "resources", "golden", "eval", "classify_image_graph_def.pb");

    @TempDir
    private Path folder;

    private MadeUpPictures pictures;
    private Path files;

    @BeforeEach
    void makePictures() throws IOException {
        pictures = MadeUpPictures.of(7, 60, 20);
        files = pictures.folder(folder.resolve("files"));
    }

    @Test
    void pictures_becomeATable_aReportWithTheirClasses_andARecord_whichAreMadeOnce() throws IOException {
        Path config = config(files);

        Outcome first = run(config);

        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.out()).contains("classifier-FD", "label agreement", "of 12 reference pictures right");
        assertThat(folder.resolve("runs/own/report.html"))
                .content()
                .contains("Grid of real pictures", ">first<", ">second<");
        assertThat(folder.resolve("runs/own/records")).isDirectoryContaining("glob:**.record.json");

        Outcome second = run(config);

        assertThat(second.out()).isEqualTo(first.out());
        assertThat(second.err()).contains("nothing was done again");
    }

    @Test
    void aTarOfThePictures_givesTheSameNumbersAsTheirFolder() throws IOException {
        run(config(files), "--set", "runtime.threads=1");
        Path tar = pictures.tar(folder.resolve("files.tar"));

        Outcome outcome = run(config(tar), "--set", "name=tar", "--set", "runtime.threads=1");

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(evaluation("tar").protocols()).isEqualTo(evaluation("own").protocols());
    }

    @Test
    void pictures_areEncodedWithTheirMirrors_unlessTheConfigSaysNo() throws IOException {
        run(config(files));
        run(config(files), "--set", "name=letters", "--set", "data.mirror=false");

        assertThat(mirrored("own")).isTrue();
        assertThat(mirrored("letters")).isFalse();
    }

    private boolean mirrored(String run) throws IOException {
        return LatentDataset.open(folder.resolve("runs/" + run + "/data")).mirror();
    }

    @Test
    void evaluateAgainstTheRun_givesTheNumbersOfItsTable_andScoresOtherPictures() throws IOException {
        run(config(files));
        Path samples = folder.resolve("runs/own/models/ppf-2/samples/samples.npz");

        Outcome same = evaluate(samples);
        Outcome others = evaluate(files);

        assertThat(same.code()).as(same.err()).isZero();
        Evaluation expected = evaluation("own");
        assertThat(CommandLineRun.scores(folder).protocol("exact").metrics())
                .isEqualTo(expected.protocol("exact").metrics());
        assertThat(CommandLineRun.scores(folder).classes()).isEqualTo(expected.classes());
        assertThat(expected.classes())
                .allSatisfy(row -> assertThat(row.figures()).containsKeys("reference_count", "recall", "sample_count"));
        assertThat(expected.classes().stream()
                        .mapToDouble(row -> row.figures().get("reference_count"))
                        .sum())
                .isEqualTo(expected.protocol("exact").metrics().get("reference_count"));
        assertThat(others.code()).isEqualTo(2);
        assertThat(others.err())
                .contains("20x20", "expected 16x16x3", "--crop 16")
                .doesNotContain("warning");
        Outcome cropped = evaluate(files, "--crop", "16");
        assertThat(cropped.code()).as(cropped.err()).isZero();
        assertThat(cropped.out()).contains("classifier-FD", "12", "60");
        Outcome padded = evaluate(files, "--pad", "16");
        assertThat(padded.code()).isEqualTo(2);
        assertThat(padded.err()).contains("--pad 16: a run of picture files", "--crop 16 in place of --pad");
    }

    @Test
    void evaluateAgainstTheRun_refusesPicturesThatHaveChanged() throws IOException {
        run(config(files));
        Files.delete(files.resolve("first/000004.png"));

        Outcome outcome = evaluate(folder.resolve("runs/own/models/ppf-2/samples/samples.npz"));

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("pictures:" + files, "as when", "was made", "changed since");
    }

    @Test
    void evaluateByANamedNetwork_needsNoClassifierOfTheRun_andNoProvenance() throws IOException {
        run(config(files));
        Path samples = folder.resolve("runs/own/models/ppf-2/samples/samples.npz");
        Path moved = Files.move(
                folder.resolve("runs/own/classifier/classifier.safetensors"), folder.resolve("other.safetensors"));
        Files.writeString(folder.resolve("runs/own/provenance.json"), "{damaged");

        assertThat(evaluate(samples).err()).contains("let the run go on, or name a --network");
        Outcome named = evaluate(samples, "--network", moved.toString());

        assertThat(named.code()).as(named.err()).isZero();
        assertThat(CommandLineRun.scores(folder).protocol("exact").metrics())
                .isEqualTo(evaluation("own").protocol("exact").metrics());
    }

    @Test
    void evaluateAgainstARun_whosePicturesAreNotThere_saysWhereTheyWereLookedFor() throws IOException {
        run(config(files));
        Files.move(files, folder.resolve("elsewhere"));

        Outcome outcome = evaluate(folder.resolve("runs/own/models/ppf-2/samples/samples.npz"));

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("runs/own: nothing at pictures:" + files);
    }

    @Test
    void picturesThatAreNotThere_orTooFew_areRefusedBeforeThereIsAFolder() throws IOException {
        Outcome nowhere = run(config(folder.resolve("nowhere")));
        Outcome few = run(config(MadeUpPictures.of(7, 4, 20).folder(folder.resolve("few"))));

        assertThat(nowhere.code()).isEqualTo(2);
        assertThat(nowhere.err()).contains("no such file or folder", "--set data.source=pictures:PATH");
        assertThat(few.code()).isEqualTo(2);
        assertThat(few.err()).contains("no row left for the part 'reference' of 4 pictures");
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    void evaluateAgainstWhatIsNoRun_isRefused() {
        record Wrong(String reference, String said) {}
        for (Wrong wrong : List.of(
                new Wrong("run:", "no name"),
                new Wrong("run:" + folder.resolve("nowhere"), "no such folder"),
                new Wrong("run:" + files, "no config.yaml"))) {
            Outcome outcome = CommandLineRun.run("evaluate", "--reference", wrong.reference(), "--samples", files);

            assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
            assertThat(outcome.err()).contains(wrong.said(), "the folder of a run, as run:runs/quickstart");
        }
    }

    @Test
    void aNetwork_scoresThemToo_withoutAClassifier() throws IOException {
        Path reference = MadeUpPictures.of(2, 24, 16).npz(folder.resolve("reference.npz"));

        Outcome outcome = run(
                config(files),
                "--cache",
                folder.resolve("cache"),
                "--set",
                "evaluation.network=" + INCEPTION,
                "--set",
                "evaluation.reference=" + reference,
                "--set",
                "watch={every: 3, count: 8}");

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("FID", "24 pictures").doesNotContain("classifier");
        assertThat(folder.resolve("runs/own/classifier")).doesNotExist();
    }

    @Test
    void anotherNumberOfClasses_isToldByThePlanToo_withTheKeyToSet() throws IOException {
        Path config = config(files);

        for (String mode : List.of("--dry-run", "--debug")) {
            Outcome outcome = run(config, mode, "--set", "data.classes=5");

            assertThat(outcome.code()).isEqualTo(2);
            assertThat(outcome.err())
                    .contains("2 classes (first, second)", "expected 5, which data.classes is", "--set data.classes=2");
            assertThat(folder.resolve("runs")).doesNotExist();
        }
    }

    private Evaluation evaluation(String run) throws IOException {
        return Evaluation.parse(Files.readString(folder.resolve("runs/" + run + "/models/ppf-2/evaluation.json")));
    }

    private Outcome evaluate(Path samples, String... more) {
        return CommandLineRun.evaluate(folder, "own", samples, more);
    }

    private Path config(Path source) throws IOException {
        return Files.writeString(folder.resolve("own.yaml"), """
                name: own
                schedules: [ppf-2]
                data: {source: "pictures:%s", size: 16, classes: 2}
                classifier: {steps: 5, batch: 8}
                model: {depth: 1, hidden: 16, heads: 2}
                training: {images: 24, batch: 4, ema: {decay: 0.9}, checkpoint_every: 3}
                sampling: {count: 8, steps: 2, batch: 4}
                """.formatted(source));
    }

    private Outcome run(Path config, Object... more) {
        List<Object> arguments = new ArrayList<>(List.of("run", config, "--runs", folder.resolve("runs")));
        arguments.addAll(List.of(more));
        return CommandLineRun.run(arguments.toArray());
    }
}
