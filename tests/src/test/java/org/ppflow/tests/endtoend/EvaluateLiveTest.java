package org.ppflow.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ppflow.tests.endtoend.CommandLineRun.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.TensorFile;
import org.ppflow.tests.endtoend.CommandLineRun.Outcome;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code evaluate --weights}: samples that are scored while they are drawn. One thread, so that pixels can be compared. */
class EvaluateLiveTest {
    private static final int COUNT = 30;

    @TempDir
    private Path folder;

    @Test
    void liveSamples_scoreAsTheSameOnesFromAFile() throws IOException {
        Path digits = folder.resolve("digits");
        Outcome encoded =
                CommandLineRun.run("data", "encode", "mnist-t10k", "--size", 32, "--codec", "haar", "--output", digits);
        assertThat(encoded.code()).as(encoded.err()).isZero();
        TinyNetwork network = TinyNetwork.write(folder.resolve("tiny.pb"));
        Path reference = MadeUpPictures.of(1, 50, 32).npz(folder.resolve("reference.npz"));
        List<Object> drawn = List.of(
                "--weights",
                weights("ppf2"),
                "--count",
                30,
                "--points",
                5,
                "--batch",
                4,
                "--threads",
                1,
                "--seed",
                3,
                "--guidance",
                2,
                "--decode",
                digits);

        Outcome live = evaluate(network, reference, "live", drawn);
        Path samples = folder.resolve("samples.npz");
        List<Object> sampling = new ArrayList<>(List.of("sample", "--output", samples));
        sampling.addAll(drawn);
        Outcome sampled = CommandLineRun.run(sampling.toArray());
        assertThat(sampled.code()).as(sampled.err()).isZero();
        Outcome stored =
                evaluate(network, reference, "stored", List.of("--samples", coloured(samples), "--threads", 1));

        JsonNode expected = JsonMapper.shared().readTree(stored.out());
        JsonNode found = JsonMapper.shared().readTree(live.out());
        assertThat(expected.get("protocols").get("exact").get("sample_count").asInt())
                .isEqualTo(COUNT);
        assertThat(found.get("protocols").toString())
                .isEqualTo(expected.get("protocols").toString());
        assertThat(found.path("classes").toString())
                .isEqualTo(expected.path("classes").toString());

        Outcome again = evaluate(network, reference, "live", drawn);
        assertThat(again.err()).contains("known already");
        assertThat(again.out()).isEqualTo(live.out());
    }

    /** Digits are grey, which a file for a network of colours may not be; live ones are repeated as these are here. */
    private Path coloured(Path grey) throws IOException {
        try (TensorFile file = Npz.open(grey)) {
            ByteBuffer values = file.bytes("arr_0");
            byte[] pixels = new byte[3 * values.remaining()];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = values.get(values.position() + i / 3);
            }
            return new MadeUpPictures(COUNT, 32, pixels).npz(folder.resolve("coloured.npz"), file.longs("arr_1"));
        }
    }

    private Outcome evaluate(TinyNetwork network, Path reference, String cache, List<Object> samples) {
        List<Object> arguments =
                new ArrayList<>(List.of("--reference", reference, "--cache", folder.resolve(cache), "--json", "-"));
        arguments.addAll(samples);
        Outcome outcome = network.evaluate(arguments.toArray());
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return outcome;
    }
}
