package org.ppflow.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.ppflow.tests.endtoend.CommandLineRun.latents;
import static org.ppflow.tests.endtoend.CommandLineRun.run;
import static org.ppflow.tests.endtoend.CommandLineRun.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.TensorFile;
import org.ppflow.nn.weights.TensorSource;
import org.ppflow.tests.endtoend.CommandLineRun.Outcome;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code likelihood}, {@code flops} and the benches. */
class CostCommandsTest {
    @TempDir
    private Path folder;

    @Test
    void likelihood_isThePriorLessTheDivergence() throws IOException {
        Path data = noise("data.npz", latentsOf("start.npz"), 1, 2, 3, 10);
        Path output = folder.resolve("likelihood.npz");
        Outcome outcome = run(
                "likelihood", "--weights", weights("ppf2"), "--input", data, "--output", output, "--solver", "dopri5");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("bits per dimension");
        try (TensorFile file = Npz.open(output)) {
            for (int row = 0; row < 4; row++) {
                double total = file.doubles("logp")[row];
                assertThat(total)
                        .isCloseTo(file.doubles("prior_logp")[row] - file.doubles("delta_logp")[row], within(1e-9));
                assertThat(file.doubles("bits_per_dimension")[row])
                        .isCloseTo(-total / (1024 * Math.log(2)), within(1e-9));
            }
        }
        Path absent = folder.resolve("absent.npz");
        Outcome refused =
                run("likelihood", "--weights", weights("ppf2"), "--input", data, "--output", absent, "--sde", "euler");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(absent).doesNotExist();
    }

    @Test
    void likelihood_takesWhatSampleWrites() throws IOException {
        Path samples = folder.resolve("latents.npz");
        FloatArray latents = latents(samples, "--count", 2);
        Path output = folder.resolve("of-samples.npz");

        Outcome outcome =
                run("likelihood", "--weights", weights("ppf2"), "--input", samples, "--output", output, "--points", 3);

        assertThat(outcome.code()).as(outcome.err()).isZero();
        Path renamed = noise("x1.npz", latents, labelsOf(samples));
        Path same = folder.resolve("of-x1.npz");
        assertThat(run("likelihood", "--weights", weights("ppf2"), "--input", renamed, "--output", same, "--points", 3)
                        .code())
                .isZero();
        try (TensorFile file = Npz.open(output);
                TensorFile expected = Npz.open(same)) {
            assertThat(file.doubles("logp")).hasSize(2).containsExactly(expected.doubles("logp"), within(1e-2));
        }
    }

    @Test
    void likelihoodOfOtherArrays_saysWhichItTakes() throws IOException {
        Path pictures = folder.resolve("pictures.npz");
        Npz.write(
                pictures,
                Npz.Compression.STORED,
                List.of(TensorSource.unsignedBytes("arr_0", new int[] {1, 1, 1, 3}, new byte[3])));

        Outcome outcome = run(
                "likelihood", "--weights", weights("ppf2"), "--input", pictures, "--output", folder.resolve("o.npz"));

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err())
                .contains(
                        "no array x1 and none called latents; it has arr_0",
                        "expected x1 [N,C,H,W], or latents as sample writes them",
                        "without --decode");
    }

    private static long[] labelsOf(Path samples) throws IOException {
        try (TensorFile file = Npz.open(samples)) {
            return file.longs("y");
        }
    }

    @Test
    void flops_givesTheSharesOfThePaper() {
        Outcome outcome = run("flops", "--model", "B,XL", "--schedule", "ppf-2,ppf-3", "--guidance", 2, "--json", "-");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        double[] shares = {62.0, 49.2, 62.2, 49.4};
        JsonNode rows = JsonMapper.shared().readTree(outcome.out());
        assertThat(rows).hasSize(shares.length);
        for (int i = 0; i < shares.length; i++) {
            assertThat(100 * rows.get(i).get("blocks").get("share_of_sit").asDouble())
                    .isCloseTo(shares[i], within(0.05));
        }
        assertThat(run("flops", "--model", "XL", "--latent", "128").code()).isZero();
        Outcome refused = run("flops", "--latent", "33");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("2x2 does not divide latent 33x33");
    }

    @Test
    void benchSample_measuresEverySchedule() {
        Outcome outcome = run(
                "bench",
                "sample",
                "--latent",
                8,
                "--batch",
                1,
                "--repeats",
                1,
                "--points",
                5,
                "--schedule",
                "sit,ppf-2",
                "--json",
                "-");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        JsonNode rows = JsonMapper.shared().readTree(outcome.out());
        assertThat(rows).hasSize(2);
        for (JsonNode row : rows) {
            for (String key : List.of("images_per_s", "step_s", "gflops", "peak_gflops", "share_of_peak")) {
                assertThat(row.get(key).asDouble()).as(key).isPositive();
            }
        }
    }

    @Test
    void benchTrain_measuresEverySchedule() {
        Outcome outcome = run(
                "bench",
                "train",
                "--latent",
                "4x8x8",
                "--batch",
                2,
                "--repeats",
                1,
                "--warmup",
                0,
                "--schedule",
                "sit,ppf-2",
                "--json",
                "-");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        for (JsonNode row : JsonMapper.shared().readTree(outcome.out())) {
            for (String key : List.of("images_per_s", "step_s", "gflops", "peak_gflops", "share_of_peak")) {
                assertThat(row.get(key).asDouble()).as(key).isPositive();
            }
        }
        Outcome refused = run("bench", "train", "--batch", 3, "--schedule", "ppf-2");
        assertThat(refused.code()).isEqualTo(2);
    }

    @Test
    void benches_measureTheNetworkOfAConfig_onItsLatent() throws IOException {
        Path config = Files.writeString(folder.resolve("mine.yaml"), """
                name: mine
                schedules: [{name: early, levels: [{patch: 4x4, start: 0, end: 0.5}, {patch: 2x2, start: 0.5, end: 1}]}]
                data: {source: "latents:none", latent: 4x8x8, classes: 10}
                model: {depth: 1, hidden: 16, heads: 2}
                """);

        JsonNode trained = rows("bench", "train", "--schedule", "sit," + config, "--batch", 4, "--repeats", 1);
        JsonNode sampled =
                rows("bench", "sample", "--schedule", "sit," + config, "--batch", 2, "--repeats", 1, "--points", 3);
        JsonNode last = rows("bench", "train", "--schedule", "sit," + config, "--batch", 4, "--repeats", 1, "--row", 2);

        for (JsonNode rows : List.of(trained, sampled)) {
            assertThat(rows.findValuesAsString("schedule")).containsExactly("sit", "early");
            assertThat(rows.get(1).get("speed_ratio_by_flops").asDouble()).isGreaterThan(1);
        }
        assertThat(trained.findValuesAsString("model")).containsExactly("mine", "mine");
        assertThat(last.findValuesAsString("schedule")).containsExactly("early");
        Outcome refused = run("bench", "train", "--schedule", "sit", "--row", 2);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("--row 2", "expected 1");
    }

    /** The first row would fail: three images are no batch of its levels. */
    @Test
    void memoryOfARow_isThatOfTheRowItself() {
        JsonNode rows = rows(
                "bench",
                "train",
                "--schedule",
                "ppf-2,sit",
                "--latent",
                "4x8x8",
                "--batch",
                3,
                "--repeats",
                1,
                "--warmup",
                0,
                "--row",
                2,
                "--memory");

        assertThat(rows.findValuesAsString("schedule")).containsExactly("sit");
        assertThat(rows.get(0).get("peak_memory_mb").asDouble()).isPositive();
    }

    private static JsonNode rows(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--json", "-"));
        Outcome outcome = run(all.toArray());
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return JsonMapper.shared().readTree(outcome.out());
    }

    private FloatArray latentsOf(String name) throws IOException {
        return CommandLineRun.latents(folder.resolve(name), "--count", 4, "--points", 2);
    }

    private Path noise(String name, FloatArray states, long... labels) throws IOException {
        Path file = folder.resolve(name);
        Npz.write(
                file,
                Npz.Compression.STORED,
                List.of(TensorSource.floats("x0", states), TensorSource.longs("y", new int[] {labels.length}, labels)));
        return file;
    }
}
