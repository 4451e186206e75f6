package org.ppflow.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.tests.endtoend.CommandLineRun.Outcome;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code evaluate} of the same pictures in every kind of file. */
class EvaluateSourcesTest {
    private static final int SIDE = 16;

    @TempDir
    private Path folder;

    @Test
    void samePictures_giveTheSameNumbersWhateverHoldsThem() throws IOException {
        MadeUpPictures pictures = MadeUpPictures.of(1, 90, SIDE);
        Path reference = MadeUpPictures.of(2, 120, SIDE).npz(folder.resolve("reference.npz"));
        TinyNetwork network = TinyNetwork.write(folder.resolve("tiny.pb"));
        Map<String, Path> samples = new LinkedHashMap<>();
        samples.put("npz", pictures.npz(folder.resolve("samples.npz")));
        samples.put("folder", pictures.folder(folder.resolve("pictures")));
        samples.put("zip", pictures.zip(folder.resolve("pictures.zip")));
        samples.put("tar", pictures.tar(folder.resolve("pictures.tar")));
        samples.put("data set", encoded(folder.resolve("pictures"), folder.resolve("arrow")));

        Map<String, JsonNode> results = new LinkedHashMap<>();
        for (Map.Entry<String, Path> source : samples.entrySet()) {
            Outcome outcome = network.evaluate(
                    "--reference",
                    reference,
                    "--samples",
                    source.getValue(),
                    "--cache",
                    folder.resolve("cache of " + source.getKey()),
                    "--json",
                    "-");
            assertThat(outcome.code()).as(outcome.err()).isZero();
            assertThat(outcome.err()).contains("features of " + source.getValue());
            results.put(source.getKey(), JsonMapper.shared().readTree(outcome.out()));
        }

        JsonNode expected = results.get("npz").get("protocols");
        assertThat(expected.get("exact").get("tiny_fd").asDouble()).isPositive();
        assertThat(expected.get("adm").get("sample_count").asInt()).isEqualTo(90);
        results.forEach((kind, result) ->
                assertThat(result.get("protocols").toString()).as(kind).isEqualTo(expected.toString()));
    }

    /** Content is hashed by pixels: what an npz told of them holds for a folder of them. */
    @Test
    void samePicturesInAnotherFile_passNoNetworkAgain() throws IOException {
        MadeUpPictures pictures = MadeUpPictures.of(3, 40, SIDE);
        Path reference = MadeUpPictures.of(4, 40, SIDE).npz(folder.resolve("reference.npz"));
        TinyNetwork network = TinyNetwork.write(folder.resolve("tiny.pb"));
        Path cache = folder.resolve("cache");
        Path npz = pictures.npz(folder.resolve("samples.npz"));
        Path zip = pictures.zip(folder.resolve("pictures.zip"));
        assertThat(network.evaluate("--reference", reference, "--samples", npz, "--cache", cache)
                        .code())
                .isZero();

        Outcome again = network.evaluate("--reference", reference, "--samples", zip, "--cache", cache);

        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.err()).doesNotContain("features of");
        try (Stream<Path> sets = Files.list(cache.resolve("features"))) {
            assertThat(sets).hasSize(2);
        }
    }

    private static Path encoded(Path pictures, Path output) {
        Outcome outcome = CommandLineRun.run(
                "data",
                "encode",
                pictures,
                "--codec",
                "pixels",
                "--size",
                SIDE,
                "--mirror",
                "false",
                "--shard-rows",
                40,
                "--output",
                output);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return output;
    }
}
