package org.ppflow.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.ppflow.tests.endtoend.CommandLineRun.resource;
import static org.ppflow.tests.endtoend.CommandLineRun.sample;
import static org.ppflow.tests.endtoend.CommandLineRun.weights;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.ppflow.data.arrow.ShardFile;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.TensorFile;
import org.ppflow.nn.weights.TensorSource;
import org.ppflow.tests.endtoend.CommandLineRun.Outcome;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code sample} as a person types it, on the networks of the goldens. One thread, so that bytes can be compared. */
class SampleCommandTest {
    private static final int COUNT = 10;

    /** Fixed steps (transport golden's README). */
    private static final float TOLERANCE = 3e-5f;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"heun, heun2", "rk4-38, rk4", "euler, euler"})
    void givenNoise_endsWhereThePublishedCodeDoes(String solver, String golden) throws IOException {
        Path noise = folder.resolve("noise.npz");
        try (TensorFile ode = Npz.open(resource("/golden/transport/ode.npz"))) {
            Npz.write(
                    noise,
                    Npz.Compression.STORED,
                    List.of(
                            TensorSource.floats("x0", ode.floats("z")),
                            TensorSource.longs("y", new int[] {3}, ode.longs("y"))));
            Path output = folder.resolve("latents.npz");
            Outcome outcome =
                    sample(output, "--noise", noise, "--points", 25, "--solver", solver, "--boundary", "authors");
            assertThat(outcome.code()).as(outcome.err()).isZero();
            try (TensorFile latents = Npz.open(output)) {
                FloatArray expected = ode.floats("ppf2/" + golden + "/n25/final");
                float[] actual = latents.floats("latents").values();
                for (int i = 0; i < actual.length; i++) {
                    assertThat(actual[i]).isCloseTo(expected.values()[i], within(TOLERANCE));
                }
                assertThat(latents.longs("y")).isEqualTo(ode.longs("y"));
            }
        }
    }

    @Test
    void sample_dependsOnSeedAndIndexAlone() throws IOException {
        FloatArray all = latents("all.npz", "--count", COUNT, "--seed", 3);
        assertThat(all.shape()).containsExactly(COUNT, 4, 16, 16);
        assertThat(latents("fewer.npz", "--count", 6, "--seed", 3)).isEqualTo(all.slice(0, 6));
        List<Float> union = new ArrayList<>();
        for (String shard : List.of("0/3", "1/3", "2/3")) {
            FloatArray part = latents(shard.charAt(0) + ".npz", "--count", COUNT, "--seed", 3, "--shard", shard);
            for (float value : part.values()) {
                union.add(value);
            }
        }
        assertThat(union).hasSize(all.values().length);
        for (int i = 0; i < union.size(); i++) {
            assertThat(union.get(i)).isEqualTo(all.values()[i]);
        }
        FloatArray otherBatch = latents("batch.npz", "--count", COUNT, "--seed", 3, "--batch", 7);
        for (int i = 0; i < all.values().length; i++) {
            assertThat(otherBatch.values()[i]).isCloseTo(all.values()[i], within(1e-5f));
        }
        assertThat(latents("seed.npz", "--count", COUNT, "--seed", 4)).isNotEqualTo(all);
    }

    @ParameterizedTest
    @CsvSource({"--sde euler --diffusion sbdm", "--sde heun --last-step none", "--solver dopri5"})
    void everyMethod_dependsOnSeedAndIndexAlone(String options) throws IOException {
        Object[] method = Splitter.on(' ').splitToList(options).toArray();
        FloatArray all = latents("all.npz", with(method, "--count", COUNT));
        assertThat(latents("fewer.npz", with(method, "--count", 6))).isEqualTo(all.slice(0, 6));
    }

    @Test
    void dryRun_printsNothingButJsonWhereJsonIsAskedFor() {
        for (String solver : List.of("heun", "dopri5")) {
            Outcome outcome = sample(folder.resolve("dry.npz"), "--dry-run", "--json", "-", "--solver", solver);
            assertThat(outcome.code()).as(outcome.err()).isZero();
            JsonNode json = JsonMapper.shared().readTree(outcome.out());
            assertThat(json.has("nfe")).isTrue();
            assertThat(json.get("nfe").isNull()).isEqualTo(solver.equals("dopri5"));
        }
        assertThat(folder.resolve("dry.npz")).doesNotExist();
    }

    @Test
    void guidanceOfOne_runsOneBranchAndGivesTheSameSamples() throws IOException {
        FloatArray plain = latents("plain.npz", "--count", 4);
        FloatArray guided = latents("guided.npz", "--count", 4, "--guidance", "1.0,2.0");
        JsonNode ledger = ledger("guided");
        assertThat(ledger.get("levels").get(0).get("with_second_branch").asDouble())
                .isZero();
        assertThat(ledger.get("levels").get(1).get("with_second_branch").asDouble())
                .isEqualTo(ledger.get("levels").get(1).get("evaluations").asDouble())
                .isPositive();
        assertThat(guided).isNotEqualTo(plain);
        assertThat(latents("ones.npz", "--count", 4, "--guidance", "1.0,1.0")).isEqualTo(plain);
        assertThat(latents("interval.npz", "--count", 4, "--guidance", 2, "--guidance-interval", "0.3,0.31"))
                .isEqualTo(plain);
    }

    @Test
    void otherBoundaries_areSampledAndCounted() throws IOException {
        latents("fine.npz", "--count", 4, "--schedule", "2x2");
        assertThat(ledger("fine").get("levels")).hasSize(1);
        assertThat(ledger("fine").get("all").get("share_of_sit").asDouble()).isCloseTo(1, within(1e-9));
        latents("late.npz", "--count", 4, "--schedule", "4x4:0.75,2x2", "--align");
        assertThat(ledger("late").get("all").get("share_of_sit").asDouble()).isLessThan(0.5);
    }

    @Test
    void arrowOutput_isAShardOfLatents() throws IOException {
        Path output = folder.resolve("a.arrow");
        assertThat(sample(output, "--count", 6).code()).isZero();
        FloatArray latents = latents("a.npz", "--count", 6);
        ShardFile shard = ShardFile.open(output);
        assertThat(shard.rows()).isEqualTo(6);
        float[] row = new float[latents.rowSize()];
        shard.copyValues(5, false, row, 0);
        assertThat(row).isEqualTo(latents.slice(5, 6).values());
    }

    @Test
    void reverse_goesBackToTheNoise() throws IOException {
        Path noise = noise("noise.npz", latentsOf("start.npz"), 1, 2, 3, 10);
        FloatArray there = latents("there.npz", "--noise", noise, "--solver", "rk4", "--points", 41, "--align");
        Path data = noise("data.npz", there, 1, 2, 3, 10);
        Path back = folder.resolve("back.npz");
        Outcome outcome = sample(back, "--noise", data, "--reverse", "--solver", "rk4", "--points", 41, "--align");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        try (TensorFile start = Npz.open(noise);
                TensorFile end = Npz.open(back)) {
            float[] expected = start.floats("x0").values();
            float[] found = end.floats("x0").values();
            for (int i = 0; i < expected.length; i++) {
                assertThat(found[i]).isCloseTo(expected[i], within(1e-2f));
            }
        }
        // What came out is noise, which samples start from again.
        FloatArray again = latents("again.npz", "--noise", back, "--solver", "rk4", "--points", 41, "--align");
        for (int i = 0; i < there.values().length; i++) {
            assertThat(again.values()[i]).isCloseTo(there.values()[i], within(3e-2f));
        }
    }

    @Test
    void autoguidance_takesAWeakerModelForTheSecondBranch() throws IOException {
        FloatArray same = latents("same.npz", "--count", 4, "--autoguidance", weights("ppf2"), "--guidance", 3);
        // Guided by itself a model stays where it is, but for the rounding of f + s·(f − f).
        FloatArray plain = latents("plain.npz", "--count", 4);
        for (int i = 0; i < plain.values().length; i++) {
            assertThat(same.values()[i]).isCloseTo(plain.values()[i], within(1e-5f));
        }
        FloatArray other = latents("other.npz", "--count", 4, "--autoguidance", weights("sit"), "--guidance", 3);
        assertThat(other).isNotEqualTo(plain);
        assertThat(ledger("other").get("guide_nfe").asDouble())
                .isEqualTo(ledger("other").get("nfe").asDouble());
    }

    static List<Arguments> badInput() {
        return List.of(
                Arguments.of("--points 1", "--points 1"),
                Arguments.of("--guidance 1,2,3", "--guidance 1,2,3"),
                Arguments.of("--guidance -1", "-1"),
                Arguments.of("--guidance-interval 0.5,1.5", "1.5"),
                Arguments.of("--guidance-interval x", "--guidance-interval x"),
                Arguments.of("--solver huen", "did you mean 'heun'?"),
                Arguments.of("--sde euler --diffusion sigmoid", "--diffusion"),
                Arguments.of("--sde euler --last-step-size 2", "2.0"),
                Arguments.of("--sde euler --norm NaN", "norm: NaN"),
                Arguments.of("--norm 2", "an option of the SDE, and no --sde"),
                Arguments.of("--last-step none", "--last-step none"),
                Arguments.of("--sde euler --solver heun", "an ODE solver and an SDE method"),
                Arguments.of("--solver dopri5-torchdiffeq --align", "which crosses the boundaries"),
                Arguments.of("--shift 0", "shift: 0.0"),
                Arguments.of("--eps 0.7", "eps: 0.7"),
                Arguments.of("--eps 0 --sde euler --diffusion sbdm", "diffusion sbdm is infinite at t = 0.0"),
                Arguments.of("--eps 0 --prediction noise", "infinite at t = 0.0"),
                Arguments.of("--schedule 8x8:0.5,2x2", "8x8"),
                Arguments.of("--schedule 4x4:1.5,2x2", "1.5"),
                Arguments.of("--align --points 2", "steps: 1"),
                Arguments.of("--classes 3,77", "'77'"),
                Arguments.of("--classes 5-2", "5-2"),
                Arguments.of("--classes nowhere.txt", "no word and no file of this name"),
                Arguments.of("--count 0", "--count 0"),
                Arguments.of("--batch 0", "--batch 0"),
                Arguments.of("--shard 3/3", "--shard 3/3"),
                Arguments.of("--shard 4/7 --count 4", "shard 4/7"),
                Arguments.of("--autoguidance nowhere.pt --guidance 2", "nowhere.pt"),
                Arguments.of("--decode", "manifest.json"),
                Arguments.of("--noise nowhere.npz", "nowhere.npz"),
                Arguments.of("--reverse", "--reverse"));
    }

    @ParameterizedTest
    @MethodSource("badInput")
    void badInput_isToldAndLeavesNothing(String options, String told) throws IOException {
        Object[] words = Splitter.on(' ').splitToList(options).toArray();
        refused(told, words);
    }

    @Test
    void noiseThatDoesNotFit_isToldWithItsPlace() throws IOException {
        FloatArray noise = FloatArray.zeros(2, 4, 16, 16);
        noise.values()[4 * 256 + 256 + 16 + 2] = Float.NaN;
        refused("x0[1, 1, 1, 2]", "--noise", noise("nan.npz", noise, 1, 2));
        refused("[2, 3, 16, 16]", "--noise", noise("shape.npz", FloatArray.zeros(2, 3, 16, 16), 1, 2));
        refused("y[1]", "--noise", noise("label.npz", FloatArray.zeros(2, 4, 16, 16), 1, 11));
    }

    private FloatArray latentsOf(String name) throws IOException {
        return latents(name, "--count", 4, "--points", 2);
    }

    private Path noise(String name, FloatArray states, long... labels) throws IOException {
        Path file = folder.resolve(name);
        Npz.write(
                file,
                Npz.Compression.STORED,
                List.of(TensorSource.floats("x0", states), TensorSource.longs("y", new int[] {labels.length}, labels)));
        return file;
    }

    private void refused(String told, Object... options) throws IOException {
        Path output = folder.resolve("refused.npz");
        Outcome outcome = sample(output, options);
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
        assertThat(outcome.err()).contains(told).doesNotContain("\tat ");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.contains("refused"));
        }
    }

    private JsonNode ledger(String name) throws IOException {
        return JsonMapper.shared()
                .readTree(Files.readString(folder.resolve(name + ".npz.sampling.json")))
                .get("ledger");
    }

    private FloatArray latents(String name, Object... options) throws IOException {
        return CommandLineRun.latents(folder.resolve(name), options);
    }

    private static Object[] with(Object[] first, Object... second) {
        return Stream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
    }
}
