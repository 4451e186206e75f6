package org.ppflow.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ppflow.tests.endtoend.CommandLineRun.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.app.config.ConfigReader;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.files.AtomicFiles;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.TensorFile;
import org.ppflow.tests.endtoend.CommandLineRun.Outcome;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The pyramid baselines beside a SiT in one experiment, and what the other commands make of their weights. One run for all, on one thread. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PyramidTest {
    private static final List<String> PYRAMIDS = List.of("pyramid", "pyramid-renoised");

    @TempDir
    private static Path folder;

    @Test
    @Order(1)
    void run_trainsSamplesAndScoresPyramidsBesideASiT() throws IOException {
        Outcome outcome = experiment("run");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        // Each has half of its steps in either stage: 4 + 4 evaluations of Heun's four steps.
        assertThat(outcome.out()).contains("4x4 as 2x2 to 0.5, 2x2", "classifier-FD", "8 (8)", "8 (4 + 4)");
        for (String name : PYRAMIDS) {
            assertThat(model(name).resolve("metrics.jsonl"))
                    .content()
                    .contains("loss_level0", "loss_level1", "\"step\":4");
            assertThat(model(name).resolve("evaluation.json")).content().contains("classifier_fd");
        }
    }

    /** Without the last checkpoint and what followed, as if killed before it. */
    @Test
    @Order(2)
    void killedRun_endsWithTheSameWeightsAndSamples() throws IOException {
        Path model = model("pyramid-renoised");
        byte[] weights = Files.readAllBytes(model.resolve("checkpoints/00000004/ema-0.99.safetensors"));
        byte[] samples = Files.readAllBytes(model.resolve("samples/samples.npz"));
        for (String lost : List.of("checkpoints/00000004", "training.json", "samples")) {
            AtomicFiles.deleteRecursively(model.resolve(lost));
        }
        Outcome outcome = experiment("run");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(model.resolve("checkpoints/00000004/ema-0.99.safetensors")).hasBinaryContent(weights);
        assertThat(model.resolve("samples/samples.npz")).hasBinaryContent(samples);
    }

    @Test
    @Order(3)
    void samples_dependOnSeedAndIndexAlone() throws IOException {
        FloatArray all = latents("all", "--count", 12);
        assertThat(latents("few", "--count", 5)).isEqualTo(all.slice(0, 5));
        FloatArray second = latents("shard", "--count", 12, "--shard", "1/3");
        assertThat(second).isEqualTo(all.slice(4, 8));
        assertThat(latents("other", "--count", 5, "--seed", 1).slice(0, 5)).isNotEqualTo(all.slice(0, 5));
    }

    @Test
    @Order(4)
    void ledger_sharesTheStepsOut() throws IOException {
        Outcome planned = sample("plan", "--dry-run", "--json", "-");
        assertThat(planned.code()).as(planned.err()).isZero();
        JsonNode ledger = JsonMapper.shared()
                .readTree(planned.out().substring(planned.out().indexOf('{')));
        assertThat(ledger.get("nfe").asDouble()).isEqualTo(8);
        assertThat(ledger.get("levels").get(0).get("evaluations").asDouble()).isEqualTo(4);
    }

    @Test
    @Order(5)
    void warmStartFromASiT_keepsItsProjections() throws IOException {
        Path grown = folder.resolve("grown.safetensors");
        Outcome outcome = run("weights", "warm-start", weights("sit"), grown, "--schedule", "pyramid");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(run("sample", "--weights", grown, "--count", 2, "--points", 3, "--output", folder.resolve("g.npz"))
                        .code())
                .isZero();
        Outcome wrong =
                train("wrong", "init.ppflow=" + weights("pyramid"), "schedules=[ppf-2]", "model.level_embedding=false");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("2x2 of a pyramid, the config the levels 4x4 to 0.5, 2x2;");
    }

    @Test
    @Order(6)
    void whatAPyramidDoesNotHave_isToldWithExitCode2() throws IOException {
        refused(sample("sde", "--sde", "euler"), "sampled with the ODE");
        refused(sample("ppf", "--schedule", "ppf-2"), "the model's kind, pyramid-renoised");
        refused(
                run("export", "--weights", weights("pyramid"), "--saved-model", folder.resolve("exported")),
                "whose stages t does not tell apart");
        refused(
                sample("guided", "--autoguidance", weights("pyramid"), "--guidance", 2),
                "a pyramid is guided by one with the same stages");
        refused(
                train("noise", "schedules=[pyramid]", "model.prediction=noise"),
                "model.prediction",
                "predict velocity");
        refused(train("sde", "schedules=[pyramid]", "sampling.sde.method=euler"), "sampling.sde", "with the ODE");
    }

    @Test
    @Order(7)
    void configsOfTable3_areReadAndCostWhatPpf2Does() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../configs/paper"))) {
            List<Path> pyramids = files.filter(
                            file -> file.getFileName().toString().startsWith("table3-pyramid"))
                    .sorted()
                    .toList();
            assertThat(pyramids).hasSize(4);
            for (Path file : pyramids) {
                ExperimentConfig config = ConfigReader.read(file, List.of());
                assertThat(config.name())
                        .isEqualTo("paper-" + file.getFileName().toString().replace(".yaml", ""));
                assertThat(config.schedules().get(0).representation().isPyramid())
                        .isTrue();
            }
        }
        Outcome flops = run("flops", "--model", "B", "--schedule", "sit,ppf-2,pyramid,pyramid-renoised", "--align");
        assertThat(flops.code()).as(flops.err()).isZero();
        assertThat(flops.out().lines().filter(line -> line.contains(" 62.0 "))).hasSize(3);
    }

    private static void refused(Outcome outcome, String... words) {
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
        assertThat(outcome.err()).contains(words);
    }

    private static Path model(String schedule) {
        return folder.resolve("runs/tiny/models/" + schedule);
    }

    private static Path weights(String schedule) {
        return model(schedule).resolve("checkpoints/00000004/model.safetensors");
    }

    private static FloatArray latents(String name, Object... options) throws IOException {
        Outcome outcome = sample(name, options);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        try (TensorFile file = Npz.open(folder.resolve(name + ".npz"))) {
            return file.floats("latents");
        }
    }

    private static Outcome sample(String name, Object... options) {
        List<Object> arguments = new ArrayList<>(List.of(
                "sample",
                "--weights",
                weights("pyramid-renoised"),
                "--output",
                folder.resolve(name + ".npz"),
                "--points",
                5,
                "--batch",
                4,
                "--threads",
                1));
        arguments.addAll(Arrays.asList(options));
        return run(arguments.toArray());
    }

    private static Outcome experiment(String command) throws IOException {
        return typed(command, "tiny", "schedules=[sit, pyramid, pyramid-renoised]");
    }

    private static Outcome train(String name, String... overrides) throws IOException {
        return typed("train", name, overrides);
    }

    private static Outcome typed(String command, String name, String... overrides) throws IOException {
        Path config = folder.resolve("tiny.yaml");
        Files.writeString(config, """
                name: tiny
                schedules: [sit]
                classifier: {steps: 2}
                model: {depth: 1, hidden: 16, heads: 2}
                training:
                  images: 16
                  batch: 4
                  checkpoint_every: 2
                  learning_rate: {peak: 1e-3, warmup_steps: 0, decay_fraction: 0}
                sampling: {count: 8, batch: 4, steps: 4}
                """);
        List<Object> arguments = new ArrayList<>(
                List.of(command, config, "--runs", folder.resolve("runs"), "--threads", 1, "--set", "name=" + name));
        for (String override : overrides) {
            arguments.add("--set");
            arguments.add(override);
        }
        return run(arguments.toArray());
    }
}
