package org.ppflow.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ppflow.tests.endtoend.CommandLineRun.run;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.TensorSource;
import org.ppflow.tests.endtoend.CommandLineRun.Outcome;

/** Commands that write one file of weights or arrays, where a file is there already. */
class OverwriteTest {
    private static final String KEPT = "the only copy of a model";

    @TempDir
    private Path folder;

    static Stream<Arguments> commands() {
        return Stream.of(
                Arguments.of("keep.pt", List.of("weights", "convert", golden("sit/weights.pt"), "OUT")),
                Arguments.of("keep.safetensors", List.of("weights", "warm-start", golden("sit/weights.pt"), "OUT")),
                Arguments.of(
                        "keep.npz",
                        List.of(
                                "forward",
                                "--weights",
                                golden("sit/weights.pt"),
                                "--input",
                                golden("sit/forward.npz"),
                                "--output",
                                "OUT")),
                Arguments.of(
                        "keep.npz",
                        List.of(
                                "likelihood",
                                "--weights",
                                golden("ppf2/weights.safetensors"),
                                "--points",
                                2,
                                "--input",
                                "LATENTS",
                                "--output",
                                "OUT")));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void fileThatIsThere_isReplacedOnlyWithOverwrite(String name, List<Object> words) throws IOException {
        Path output = Files.writeString(folder.resolve(name), KEPT);

        Outcome refused = run(command(words, output));

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .contains(output + ": a file that is there already; expected a free name", "give --overwrite");
        assertThat(output).hasContent(KEPT);
        assertThat(folder.resolve("keep.config.json")).doesNotExist();
        Outcome replaced = run(command(words, output, "--overwrite"));
        assertThat(replaced.code()).as(replaced.err()).isZero();
        assertThat(Files.size(output)).isGreaterThan(KEPT.length());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void arraysUnderAnotherEnding_areRefused(String name, List<Object> words) throws IOException {
        String ending = name.endsWith(".npz") ? "sit.pt" : "sit.txt";
        Path output = folder.resolve(ending);

        Outcome refused = run(command(words, output));

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains(output.toString(), ".npz");
        assertThat(output).doesNotExist();
    }

    @Test
    void configOfAnotherNetworkBesideTheFile_isReplacedOnlyWithOverwrite() throws IOException {
        Path beside = folder.resolve("model.config.json");
        assertThat(run("weights", "convert", golden("ppf2/weights.safetensors"), folder.resolve("model.pt"))
                        .code())
                .isZero();
        // The same network in the other format says the same beside it.
        assertThat(run("weights", "convert", golden("ppf2/weights.safetensors"), folder.resolve("model.npz"))
                        .code())
                .isZero();
        String before = Files.readString(beside);
        Files.delete(folder.resolve("model.npz"));

        Outcome refused = run("weights", "convert", golden("sit/weights.pt"), folder.resolve("model.npz"));

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains(beside + " beside it, which does not describe this network");
        assertThat(folder.resolve("model.npz")).doesNotExist();
        assertThat(beside).hasContent(before);
        assertThat(refused.err()).contains("it says ", ", not ");
        // Nor by a file that says itself what it is: it would be read by what stands beside it.
        Outcome besideIt = run("weights", "convert", golden("sit/weights.pt"), folder.resolve("model.safetensors"));
        assertThat(besideIt.code()).isEqualTo(2);
        assertThat(besideIt.err()).contains("which does not describe this network", "move model.config.json away");
        Outcome replaced =
                run("weights", "convert", golden("sit/weights.pt"), folder.resolve("model.npz"), "--overwrite");
        assertThat(replaced.code()).as(replaced.err()).isZero();
        assertThat(Files.readString(beside)).isNotEqualTo(before);
    }

    /** As messages ask for it: {@code {"heads": …, "schedule": …}} beside weights that do not say what they are. */
    @Test
    void configBesideTheFile_mayLeaveThingsOut() throws IOException {
        Path beside = folder.resolve("short.config.json");
        Files.writeString(beside, "{\"schedule\": \"ppf-2\", \"depth\": 9}");
        Outcome wrong = run("weights", "convert", golden("ppf2/weights.safetensors"), folder.resolve("short.pt"));
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("does not describe this network: it says depth 9, not ");
        Files.writeString(beside, "{\"schedule\": \"ppf-2\"}");

        Outcome converted = run("weights", "convert", golden("ppf2/weights.safetensors"), folder.resolve("short.pt"));

        assertThat(converted.code()).as(converted.err()).isZero();
        assertThat(Files.readString(beside)).contains("heads");
    }

    @Test
    void weightsBesideAConfigThatSaysOtherwise_areRefusedWithWhatDiffers() throws IOException {
        Path weights = folder.resolve("model.safetensors");
        assertThat(run("weights", "convert", golden("ppf2/weights.safetensors"), weights)
                        .code())
                .isZero();
        Files.writeString(folder.resolve("model.config.json"), "{\"heads\": 1}");

        Outcome forward = run(
                "forward",
                "--weights",
                weights,
                "--input",
                golden("sit/forward.npz"),
                "--output",
                folder.resolve("x.npz"));

        assertThat(forward.code()).isEqualTo(2);
        assertThat(forward.err())
                .contains("says otherwise than its metadata: heads 1, not", "move model.config.json away");
    }

    private Object[] command(List<Object> words, Path output, Object... more) throws IOException {
        Path latents = folder.resolve("latents.npz");
        if (!Files.exists(latents)) {
            Npz.write(
                    latents,
                    Npz.Compression.STORED,
                    List.of(
                            TensorSource.floats("x1", FloatArray.zeros(1, 4, 16, 16)),
                            TensorSource.longs("y", new int[] {1}, 3)));
        }
        List<Object> line = new ArrayList<>();
        for (Object word : words) {
            line.add(word.equals("OUT") ? output : word.equals("LATENTS") ? latents : word);
        }
        line.addAll(Arrays.asList(more));
        return line.toArray();
    }

    private static Path golden(String name) {
        URL url = Objects.requireNonNull(OverwriteTest.class.getResource("/golden/model/" + name), name);
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
