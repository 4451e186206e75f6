package org.ppflow.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.ppflow.tests.endtoend.CommandLineRun.run;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.Safetensors;
import org.ppflow.nn.weights.TensorFile;
import org.ppflow.nn.weights.TensorFiles;
import org.ppflow.nn.weights.TensorSource;
import org.ppflow.tests.endtoend.CommandLineRun.Outcome;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code forward}, {@code weights …} and {@code export} as a person types them, on the networks of the goldens. */
class ModelCommandsTest {
    /** About twenty times the reference's own float32 error (golden README). */
    private static final float TOLERANCE = 2e-5f;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"weights.safetensors", "weights.pt"})
    void forward_givesTheVelocityOfThePublishedCode(String weights) throws IOException {
        Path output = folder.resolve("out.npz");
        Outcome outcome = run(
                "forward",
                "--weights",
                golden("sit/" + weights),
                "--input",
                golden("sit/forward.npz"),
                "--output",
                output,
                "--intermediates");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.err()).contains("4 heads", "schedule sit", "weights.config.json");
        try (TensorFile read = Npz.open(output);
                TensorFile expected = Npz.open(golden("sit/forward.npz"))) {
            for (String layer : List.of("tokens", "cond", "block0", "block1", "block2", "final_tokens")) {
                assertClose(read.floats(layer), expected.floats(layer), layer);
            }
            assertClose(read.floats("velocity"), expected.floats("out"), "velocity");
        }
    }

    @Test
    void forward_sendsEachRowThroughItsOwnLevel() throws IOException {
        Path input = folder.resolve("in.npz");
        try (TensorFile golden = Npz.open(golden("ppf2/inference.npz"))) {
            // Row i of the golden's x at its i-th last time: levels come mixed.
            FloatArray x = golden.floats("x");
            FloatArray t = FloatArray.vector(0.8f, 0.2f, 0.6f, 0f);
            Npz.write(
                    input,
                    Npz.Compression.STORED,
                    List.of(
                            TensorSource.floats("x", x),
                            TensorSource.floats("t", t),
                            TensorSource.longs("y", new int[] {4}, golden.longs("y"))));
            Path output = folder.resolve("out.npz");
            Outcome outcome = run(
                    "forward",
                    "--weights",
                    golden("ppf2/weights.safetensors"),
                    "--input",
                    input,
                    "--output",
                    output,
                    "--batch",
                    "1",
                    "--boundary",
                    "authors");
            assertThat(outcome.code()).as(outcome.err()).isZero();
            float[] times = golden.floats("t").values();
            FloatArray outs = golden.floats("outs");
            try (TensorFile read = Npz.open(output)) {
                FloatArray velocity = read.floats("velocity");
                for (int row = 0; row < 4; row++) {
                    int at = indexOf(times, t.values()[row]);
                    FloatArray all = outs.slice(at, at + 1).reshaped(x.shape());
                    assertClose(velocity.slice(row, row + 1), all.slice(row, row + 1), "row " + row);
                }
            }
        }
    }

    @Test
    void arraysThatDoNotFit_areRefusedWithTheirPlace() throws IOException {
        FloatArray x = FloatArray.zeros(2, 4, 16, 16);
        long[] y = {0, 10};
        refusesArrays("x: x F32 [2, 4, 16, 8]; expected", FloatArray.zeros(2, 4, 16, 8), new float[] {0.5f}, y);
        refusesArrays("t[1]: 1.5; expected a time in [0, 1]", x, new float[] {0.5f, 1.5f}, y);
        refusesArrays("t: t F32 [3]; expected a time for each of the 2 rows of x", x, new float[] {0, 0, 0}, y);
        refusesArrays("y[0]: 11; expected a class from 0 to 10", x, new float[] {0.5f}, 11, 0);
        refusesArrays("y: y I64 [1]; expected one class for each of the 2 rows", x, new float[] {0.5f}, 1);
        x.values()[4 * 256 + 3] = Float.POSITIVE_INFINITY;
        refusesArrays("x[1]: Infinity; expected finite numbers", x, new float[] {0.5f}, y);
    }

    private void refusesArrays(String message, FloatArray x, float[] t, long... y) throws IOException {
        Path input = folder.resolve("in.npz");
        Npz.write(
                input,
                Npz.Compression.STORED,
                List.of(
                        TensorSource.floats("x", x),
                        TensorSource.floats("t", FloatArray.vector(t)),
                        TensorSource.longs("y", new int[] {y.length}, y)));
        Path output = folder.resolve("out.npz");
        Outcome outcome = run("forward", "--weights", golden("sit/weights.pt"), "--input", input, "--output", output);
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains(input + ": " + message).doesNotContain("\tat ");
        assertThat(output).doesNotExist();
    }

    @Test
    void savedModel_givesTheSameNumbersForMixedTimes() throws IOException {
        Path exported = folder.resolve("exported");
        Outcome outcome = run("export", "--weights", golden("ppf3/weights.safetensors"), "--saved-model", exported);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        try (TensorFile golden = Npz.open(golden("ppf3/inference.npz"));
                SavedModelBundle bundle = SavedModelBundle.load(exported.toString(), "serve")) {
            assertThat(bundle.signatures())
                    .extracting(signature -> signature.key())
                    .contains("serving_default", "level0", "level1", "level2");
            FloatArray x = golden.floats("x");
            float[] times = golden.floats("t").values();
            int[] y =
                    Arrays.stream(golden.longs("y")).mapToInt(Math::toIntExact).toArray();
            float[] t = {0.8f, 0.2f, 0.6f, 0.2f};
            try (TFloat32 states = TFloat32.tensorOf(Shape.of(4, 4, 16, 16), DataBuffers.of(x.values(), true, false));
                    TFloat32 ts = TFloat32.tensorOf(Shape.of(4), DataBuffers.of(t));
                    TInt32 classes = TInt32.tensorOf(Shape.of(4), DataBuffers.of(y));
                    Result result = bundle.function("serving_default")
                            .call(Map.<String, Tensor>of("x", states, "t", ts, "y", classes))) {
                TFloat32 velocity = (TFloat32) result.get("velocity").orElseThrow();
                for (int row = 0; row < 4; row++) {
                    int at = indexOf(times, t[row]);
                    float[] expected = golden.floats("outs")
                            .slice(at, at + 1)
                            .reshaped(x.shape())
                            .slice(row, row + 1)
                            .values();
                    for (int i = 0; i < expected.length; i++) {
                        assertThat(velocity.getFloat(row, i / 256, i / 16 % 16, i % 16))
                                .isCloseTo(expected[i], within(TOLERANCE));
                    }
                }
            }
        }
        assertThat(run("export", "--weights", golden("ppf3/weights.safetensors"), "--saved-model", exported)
                        .code())
                .isEqualTo(2);
    }

    @Test
    void convert_thereAndBack_isTheSameToTheBit() throws IOException {
        Path config = golden("ppf2/small.config.json");
        Path torch = folder.resolve("a.pt");
        Path npz = folder.resolve("b.npz");
        Path safetensors = folder.resolve("c.safetensors");
        assertThat(run("weights", "convert", golden("ppf2/small.safetensors"), torch, "--config", config)
                        .code())
                .isZero();
        assertThat(folder.resolve("a.config.json")).exists();
        assertThat(run("weights", "convert", torch, npz).code()).isZero();
        assertThat(run("weights", "convert", npz, safetensors).code()).isZero();
        Outcome same = run("weights", "diff", golden("ppf2/small.pt"), safetensors);
        assertThat(same.code()).as(same.out()).isZero();
        assertThat(same.out()).contains("equal: 38 tensors");
        // What tensors do not say has come along, in the end as metadata.
        assertThat(run("weights", "inspect", safetensors).out()).contains("known from its metadata", "\"heads\":2");
        Outcome bf16 = run("weights", "convert", safetensors, folder.resolve("d.npz"), "--type", "bf16");
        assertThat(bf16.code()).isEqualTo(2);
        assertThat(bf16.err()).contains("types that NumPy has");
    }

    @Test
    void inspect_tellsPartsParametersAndModelAsJson() {
        Outcome outcome = run("weights", "inspect", golden("ppf2/checkpoint.pt"), "--json", "-");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        JsonNode root = JsonMapper.shared().readTree(outcome.out());
        assertThat(root.path("parts").valueStream().map(JsonNode::asString)).containsExactly("model", "ema", "opt");
        assertThat(root.path("part").asString()).isEqualTo("ema");
        assertThat(root.path("metadata").path("args.patch_level").asString()).isEqualTo("2");
        assertThat(root.path("model").path("schedule").asString()).isEqualTo("ppf-2");
        assertThat(root.path("parameters").asLong())
                .isPositive()
                .isLessThan(root.path("values").asLong());
    }

    @Test
    void warmStart_refusesWeightsThatAreNotExactlyThoseOfTheSit() throws IOException {
        Path odd = folder.resolve("odd.safetensors");
        try (TensorFile sit = TensorFiles.open(golden("sit/weights.pt"))) {
            List<TensorSource> tensors = new ArrayList<>();
            for (String name : sit.names()) {
                tensors.add(TensorSource.copy(sit, name));
            }
            tensors.add(TensorSource.floats("blocks.0.attn.q_norm.weight", FloatArray.zeros(4)));
            Safetensors.write(odd, Map.of(), tensors);
        }
        Files.writeString(folder.resolve("heads.json"), "{\"heads\": 2}");

        Outcome outcome = run(
                "weights",
                "warm-start",
                odd,
                folder.resolve("x.pt"),
                "--config",
                folder.resolve("heads.json"),
                "--schedule",
                "ppf-2");

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("odd.safetensors: 1 tensors that do not fit: unknown blocks.0.attn.q_norm");
        assertThat(folder.resolve("x.pt")).doesNotExist();
    }

    @Test
    void warmStart_makesANetworkThatForwardRuns() {
        Path made = folder.resolve("ppf.pt");
        Outcome outcome = run(
                "weights",
                "warm-start",
                golden("sit/weights.pt"),
                made,
                "--schedule",
                "4x4:0.4,2x4:0.7,2x2",
                "--rule",
                "pseudo-inverse",
                "--level-table",
                "normal");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        Outcome forward = run(
                "forward",
                "--weights",
                made,
                "--input",
                golden("sit/forward.npz"),
                "--output",
                folder.resolve("out.npz"),
                "--guidance",
                "1,2,3",
                "--channels",
                "3");
        assertThat(forward.code()).as(forward.err()).isZero();
        assertThat(forward.err()).contains("schedule 4x4-0.4-2x4-0.7-2x2", "4x4 to 0.4");
        Outcome odd = run(
                "weights", "warm-start", golden("sit/weights.pt"), folder.resolve("x.pt"), "--schedule", "3x3:0.5,2x2");
        assertThat(odd.code()).isEqualTo(2);
        assertThat(odd.err()).contains("3x3 is no multiple of the SiT's 2x2").doesNotContain("\tat ");
        Outcome grown = run("weights", "warm-start", made, folder.resolve("x.pt"), "--schedule", "ppf-3");
        assertThat(grown.code()).isEqualTo(2);
        assertThat(grown.err()).contains("a network of 3 levels", "the weights of a SiT", "init.ppflow");
        assertThat(folder.resolve("x.pt")).doesNotExist();
    }

    @Test
    void tensorsThatDoNotFit_areAllListedWithTheirNearestNames() throws IOException {
        Path file = folder.resolve("weights.safetensors");
        try (TensorFile sound = Safetensors.open(golden("sit/weights.safetensors"))) {
            List<TensorSource> tensors = new ArrayList<>();
            for (String name : sound.names()) {
                switch (name) {
                    case "blocks.1.attn.qkv.bias" ->
                        tensors.add(TensorSource.floats("blocks.1.attn.qvk.bias", sound.floats(name)));
                    case "blocks.2.mlp.fc2.bias" -> tensors.add(TensorSource.floats(name, FloatArray.zeros(47)));
                    case "t_embedder.mlp.0.bias" -> {} // missing
                    default -> tensors.add(TensorSource.copy(sound, name));
                }
            }
            Safetensors.write(file, tensors);
        }
        Outcome outcome = forward(file);
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err())
                .contains(
                        "4 tensors that do not fit",
                        "missing t_embedder.mlp.0.bias[48]",
                        "missing blocks.1.attn.qkv.bias[144]",
                        "unknown blocks.1.attn.qvk.bias F32 [144] (meant as blocks.1.attn.qkv.bias?)",
                        "blocks.2.mlp.fc2.bias F32 [47] where blocks.2.mlp.fc2.bias[48] belongs")
                .doesNotContain("\tat ");
    }

    @Test
    void weightsThatAreNotFinite_areRefusedWithTheirPlace() throws IOException {
        Path file = folder.resolve("weights.safetensors");
        try (TensorFile sound = Safetensors.open(golden("sit/weights.safetensors"))) {
            List<TensorSource> tensors = new ArrayList<>();
            for (String name : sound.names()) {
                FloatArray values = sound.floats(name);
                if (name.equals("blocks.1.mlp.fc1.weight")) {
                    values.values()[48 * 5 + 7] = Float.NaN;
                }
                tensors.add(TensorSource.floats(name, values));
            }
            Safetensors.write(file, tensors);
        }
        Outcome outcome = forward(file);
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("blocks.1.mlp.fc1.weight[5, 7]: NaN; expected finite numbers");
    }

    @Test
    void hostileFiles_areRefused() throws IOException {
        byte[] sound = Files.readAllBytes(golden("sit/weights.safetensors"));
        refuses("cut.safetensors", Arrays.copyOf(sound, sound.length / 2), "");
        refuses("cut.pt", Arrays.copyOf(Files.readAllBytes(golden("sit/weights.pt")), 200_000), "damaged zip archive");
        refuses("text.pt", "not a checkpoint".getBytes(StandardCharsets.UTF_8), "");
        ByteBuffer huge = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(4L << 30);
        refuses("header.safetensors", huge.array(), "a header of 4294967296 bytes");
        String overlap = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}";
        ByteBuffer overlapping = ByteBuffer.allocate(8 + overlap.length() + 12).order(ByteOrder.LITTLE_ENDIAN);
        overlapping.putLong(overlap.length()).put(overlap.getBytes(StandardCharsets.UTF_8));
        refuses("overlap.safetensors", overlapping.array(), "");
    }

    private void refuses(String name, byte[] content, String message) throws IOException {
        Outcome outcome = forward(Files.write(folder.resolve(name), content));
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
        assertThat(outcome.err()).contains(name, message).doesNotContain("\tat ", "--debug");
        assertThat(folder.resolve("out.npz")).doesNotExist();
    }

    private Outcome forward(Path weights) {
        return run(
                "forward",
                "--weights",
                weights,
                "--config",
                golden("sit/weights.config.json"),
                "--input",
                golden("sit/forward.npz"),
                "--output",
                folder.resolve("out.npz"));
    }

    private static void assertClose(FloatArray actual, FloatArray expected, String what) {
        assertThat(actual.shape()).as(what).isEqualTo(expected.shape());
        for (int i = 0; i < expected.values().length; i++) {
            assertThat(actual.values()[i]).as(what + " at " + i).isCloseTo(expected.values()[i], within(TOLERANCE));
        }
    }

    private static int indexOf(float[] times, float wanted) {
        for (int i = 0; i < times.length; i++) {
            if (Math.abs(times[i] - wanted) < 1e-6) {
                return i;
            }
        }
        throw new AssertionError("the golden has no time " + wanted + ": " + Arrays.toString(times));
    }

    private static Path golden(String name) {
        URL resource = ModelCommandsTest.class.getResource("/golden/model/" + name);
        try {
            return Path.of(Objects.requireNonNull(resource, name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
