package org.ppflow.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.app.record.ExperimentRecord;
import org.ppflow.app.record.RecordFile;
import org.ppflow.eval.protocol.Evaluation;
import org.ppflow.eval.protocol.ProtocolResult;
import org.ppflow.tests.endtoend.CommandLineRun.Outcome;

/**
 * {@code run} from latents to a record, scored by Inception's features against a reference: what the full-size configs do, with made-up weights of Inception, an
 * autoencoder of a few channels and eight samples.
 */
class RunByNetworkTest {
    private static final Path INCEPTION =
            Path.of("..", "eval", "src", "test", "resources", "golden", "eval", "classify_image_graph_def.pb");

    @TempDir
    private static Path shared;

    private static Path vae;
    private static Path data;

    @TempDir
    private Path folder;

    @BeforeAll
    static void encode() {
        vae = CommandLineRun.resource("/golden/vae/config.json").getParent();
        data = shared.resolve("data");
        Outcome encoded = CommandLineRun.run(
                "data",
                "encode",
                CommandLineRun.resource("/golden/images/imagenet-tiny.tar"),
                "--codec",
                "vae:" + vae,
                "--size",
                "32",
                "--output",
                data);
        assertThat(encoded.code()).as(encoded.err()).isZero();
    }

    @Test
    void latents_becomeARecordWithFid_whichIsMadeOnce_andAnewForAnotherReference() throws IOException {
        Path reference = MadeUpPictures.of(2, 24, 32).npz(folder.resolve("reference.npz"));
        Path config = config();

        Outcome first = run(config, reference);

        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.err()).contains("train ppf-2", "sample ppf-2", "features of " + reference);
        assertThat(first.out()).contains("FID", "FID, exact", "sFID", "precision", "24 pictures", "reference.npz");
        Path experiment = folder.resolve("runs/full");
        assertThat(experiment.resolve("classifier")).doesNotExist();
        assertThat(experiment.resolve("noise")).doesNotExist();
        assertThat(experiment.resolve("samples.png")).isNotEmptyFile();
        assertThat(experiment.resolve("report.html"))
                .content()
                .contains("FID, sFID", "Grid of samples of ppf-2", "the data are latents, without their pictures")
                .doesNotContain("Grid of real pictures", "label agreement");
        Evaluation evaluation = evaluation(experiment);
        Map<String, Double> adm = evaluation.protocol("adm").metrics();
        Map<String, Double> exact = evaluation.protocol("exact").metrics();
        ExperimentRecord record = record();
        assertThat(adm).containsKeys("fid", "sfid", "precision", "recall");
        assertThat(record.metrics()).containsAllEntriesOf(adm).hasSize(adm.size() + exact.size());
        exact.forEach((name, value) -> assertThat(record.metrics()).containsEntry("exact_" + name, value));
        assertThat(record.pictures()).isNotNull();

        byte[] kept = Files.readAllBytes(recordFile());
        Outcome second = run(config, reference);

        assertThat(second.code()).as(second.err()).isZero();
        assertThat(second.err()).contains("nothing was done again").doesNotContain("features of");
        assertThat(second.out()).isEqualTo(first.out());
        assertThat(Files.readAllBytes(recordFile())).isEqualTo(kept);

        MadeUpPictures.of(3, 20, 32).npz(reference);
        Outcome other = run(config, reference);

        assertThat(other.code()).as(other.err()).isZero();
        assertThat(other.err()).contains("features of " + reference).doesNotContain("train ppf-2", "sample ppf-2");
        assertThat(other.out()).contains("20 pictures");
        assertThat(record().metrics().get("fid")).isNotEqualTo(record.metrics().get("fid"));
        assertThat(record().samplesSha256()).isEqualTo(record.samplesSha256());
    }

    @Test
    void oneProtocol_hasPlainNames_andTheSameNumbersAsBesideTheOther() throws IOException {
        Path reference = MadeUpPictures.of(2, 24, 32).npz(folder.resolve("reference.npz"));
        Path config = config();

        Outcome both = run(config, reference);
        assertThat(both.code()).as(both.err()).isZero();
        ProtocolResult exact = evaluation(folder.resolve("runs/full")).protocol("exact");
        Outcome alone = run(config, reference, "--set", "evaluation.protocols=[exact]", "--set", "name=exact");

        assertThat(alone.code()).as(alone.err()).isZero();
        // The samples are taken from the run beside it, their features from the cache.
        assertThat(alone.err()).doesNotContain("features of");
        ExperimentRecord record = RecordFile.read(folder.resolve("records/exact.ppf-2.record.json"));
        assertThat(record.metrics()).isEqualTo(exact.metrics());
        assertThat(alone.out()).doesNotContain("FID, exact");
    }

    @Test
    void aGuidanceSweep_scoresByTheNetwork_andOnceOnly() throws IOException {
        Path reference = MadeUpPictures.of(2, 24, 32).npz(folder.resolve("reference.npz"));
        Path config = config();

        Outcome missing = sweep(config, folder.resolve("no-such.npz"));
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err())
                .contains("evaluation.reference", "no-such.npz")
                .doesNotContain("train ppf-2");

        Outcome first = sweep(config, reference);

        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.out()).contains("fid");
        assertThat(folder.resolve("runs/full/classifier")).doesNotExist();
        Outcome second = sweep(config, reference);
        assertThat(second.out()).isEqualTo(first.out());
        assertThat(second.err()).doesNotContain("sample guidance");
    }

    private Outcome sweep(Path config, Path reference) {
        return CommandLineRun.run(
                "sweep",
                "guidance",
                config,
                "--runs",
                folder.resolve("runs"),
                "--cache",
                folder.resolve("cache"),
                "--from",
                "1",
                "--to",
                "2",
                "--step",
                "1",
                "--halvings",
                "0",
                "--rounds",
                "1",
                "--count",
                "8",
                "--set",
                "evaluation.reference=" + reference);
    }

    @Test
    void whatIsMissingOrDoesNotFit_isToldBeforeAnyTraining() throws IOException {
        Path reference = MadeUpPictures.of(2, 24, 32).npz(folder.resolve("reference.npz"));
        Path text = Files.writeString(folder.resolve("text.pb"), "no network at all");
        String statistics = INCEPTION.resolveSibling("stats-small.npz").toString();
        Path few = MadeUpPictures.of(2, 3, 32).npz(folder.resolve("few.npz"));
        Path config = config();
        record Wrong(String set, String said) {}
        List<Wrong> wrong = List.of(
                new Wrong("evaluation.network=no-such.pb", "evaluation.network: no-such.pb: no such file"),
                new Wrong("evaluation.network=" + text, "text.pb"),
                new Wrong("evaluation.reference=no-such.npz", "evaluation.reference: no-such.npz: no such file"),
                new Wrong("evaluation.reference=" + statistics, "features; expected 2048, as the network has"),
                new Wrong("evaluation.reference=" + few, "3 pictures; expected more than evaluation.nearest_k, 3"),
                new Wrong("data.autoencoder=no-such", "data.autoencoder: no-such: no such file"),
                new Wrong("data.source=latents:no-such", "no-such"));
        for (Wrong one : wrong) {
            Outcome outcome = run(config, reference, "--set", one.set());

            assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
            assertThat(outcome.out()).isEmpty();
            assertThat(outcome.err()).contains(one.said());
            assertThat(folder.resolve("runs/full/models")).doesNotExist();
        }
    }

    @Test
    void planOfPaperConfig_needsNoFile_andNamesThoseThatAreMissing() {
        Outcome outcome = CommandLineRun.run(
                "run",
                Path.of("..", "configs", "paper", "table2-ppf-xl-2.yaml"),
                "--dry-run",
                "--runs",
                folder.resolve("runs"));

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("training TFLOPs", "ppf-2");
        assertThat(outcome.err().lines())
                .extracting(line -> line.replaceAll("(warning: [a-z.]+): .*", "$1"))
                .containsExactly(
                        "warning: data.source",
                        "warning: init.sit",
                        "warning: data.autoencoder",
                        "warning: evaluation.network",
                        "warning: evaluation.reference");
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    private Path config() throws IOException {
        return Files.writeString(folder.resolve("full.yaml"), """
                name: full
                schedules: [ppf-2]
                data: {source: "latents:%s", latent: 4x4x4, classes: 3, autoencoder: "%s"}
                model: {depth: 1, hidden: 16, heads: 2}
                training: {images: 24, batch: 4, ema: {decay: 0.9}, checkpoint_every: 3}
                sampling: {count: 8, steps: 2, batch: 4}
                evaluation: {network: "%s", reference: reference.npz}
                """.formatted(data, vae, INCEPTION));
    }

    private Outcome run(Path config, Path reference, String... more) {
        List<Object> arguments = new ArrayList<>(List.of(
                "run",
                config,
                "--runs",
                folder.resolve("runs"),
                "--records",
                folder.resolve("records"),
                "--cache",
                folder.resolve("cache"),
                "--set",
                "evaluation.reference=" + reference));
        arguments.addAll(List.of(more));
        return CommandLineRun.run(arguments.toArray());
    }

    private static Evaluation evaluation(Path experiment) throws IOException {
        return Evaluation.parse(Files.readString(experiment.resolve("models/ppf-2/evaluation.json")));
    }

    private Path recordFile() {
        return folder.resolve("records/full.ppf-2.record.json");
    }

    private ExperimentRecord record() throws IOException {
        return RecordFile.read(recordFile());
    }
}
