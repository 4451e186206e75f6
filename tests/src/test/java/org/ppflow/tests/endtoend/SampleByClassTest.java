package org.ppflow.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ppflow.tests.endtoend.CommandLineRun.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.TensorFile;
import org.ppflow.tests.endtoend.CommandLineRun.Outcome;
import tools.jackson.databind.json.JsonMapper;

/** {@code sample --by-class}: pictures that keep their classes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SampleByClassTest {
    private static final int COUNT = 10;

    private Path folder = Path.of("");

    private Path digits = Path.of("");

    @BeforeAll
    void encode(@TempDir Path temporary) {
        folder = temporary;
        digits = folder.resolve("digits");
        Outcome encoded =
                CommandLineRun.run("data", "encode", "mnist-t10k", "--size", 32, "--codec", "haar", "--output", digits);
        assertThat(encoded.code()).as(encoded.err()).isZero();
    }

    @Test
    void everyPicture_liesInTheFolderOfItsClass_underItsNumber() throws IOException {
        Path npz = folder.resolve("samples.npz");
        Path flat = folder.resolve("flat");
        Path classes = folder.resolve("classes");
        assertThat(draw(npz).code()).isZero();
        assertThat(draw(flat).code()).isZero();
        Outcome outcome = draw(classes, "--by-class");
        assertThat(outcome.code()).as(outcome.err()).isZero();

        Map<String, byte[]> expected = new TreeMap<>();
        try (TensorFile file = Npz.open(npz)) {
            long[] labels = file.longs("arr_1");
            assertThat(labels).hasSize(COUNT);
            for (int i = 0; i < COUNT; i++) {
                String picture = String.format("%08d.png", i);
                expected.put(labels[i] + "/" + picture, Files.readAllBytes(flat.resolve(picture)));
            }
        }
        Map<String, byte[]> found = pictures(classes);
        assertThat(found.keySet()).containsExactlyElementsOf(expected.keySet());
        found.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(expected.get(name)));
    }

    @Test
    void dataEncode_readsTheClasses() throws IOException {
        Path samples = folder.resolve("to-encode");
        assertThat(draw(samples, "--by-class", "--classes", "1,2,3").code()).isZero();
        Path data = folder.resolve("encoded");

        Outcome encoded = CommandLineRun.run(
                "data", "encode", samples, "--size", 32, "--codec", "pixels", "--output", data, "--json", "-");

        assertThat(encoded.code()).as(encoded.err()).isZero();
        List<String> names = new ArrayList<>();
        JsonMapper.shared()
                .readTree(encoded.out())
                .at("/manifest/description/class_names")
                .forEach(name -> names.add(name.asString()));
        assertThat(names).as(encoded.out()).containsExactly("1", "2", "3");
    }

    @Test
    void whatWasDrawnBefore_isKnownAgain_whatIsMissingIsDrawnAgain_andAnotherFormIsAnotherOutput() throws IOException {
        Path samples = folder.resolve("again");
        assertThat(draw(samples, "--by-class").code()).isZero();
        Map<String, byte[]> first = pictures(samples);
        assertThat(draw(samples, "--by-class").err()).contains("is finished; nothing was done again");

        Files.delete(samples.resolve(first.keySet().iterator().next()));
        assertThat(draw(samples, "--by-class").err()).doesNotContain("nothing was done again");
        assertThat(pictures(samples).keySet()).containsExactlyElementsOf(first.keySet());

        Outcome flat = draw(samples);
        assertThat(flat.code()).isEqualTo(2);
        assertThat(flat.err()).contains("samples of other settings", "png-by-class before");
        assertThat(draw(samples, "--overwrite").code()).isZero();
        assertThat(pictures(samples).keySet()).allMatch(name -> name.matches("\\d{8}\\.png"));
    }

    /** Digits that others export have such names, too. */
    @Test
    void numberedPicturesInNumberedFolders_thatNoSamplingMade_areNotReplaced() throws IOException {
        Path digit = folder.resolve("exported/3/00000017.png");
        Files.createDirectories(digit.getParent());
        Files.writeString(digit, "a digit");

        Outcome outcome = draw(folder.resolve("exported"), "--by-class", "--overwrite");

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("a folder that no sampling made");
        assertThat(digit).hasContent("a digit");
    }

    @Test
    void aFileOfSamples_hasItsClasses_andNoFolders() {
        Outcome outcome = draw(folder.resolve("file.npz"), "--by-class");

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("--by-class: found the output", "expected a folder of PNG");
    }

    private Outcome draw(Path output, Object... options) {
        List<Object> all = new ArrayList<>(List.of("--count", COUNT, "--points", 3, "--decode", digits));
        all.addAll(List.of(options));
        return sample(output, all.toArray());
    }

    private static Map<String, byte[]> pictures(Path samples) throws IOException {
        Map<String, byte[]> pictures = new TreeMap<>();
        try (Stream<Path> files = Files.walk(samples)) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".png")).toList()) {
                pictures.put(samples.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return pictures;
    }
}
