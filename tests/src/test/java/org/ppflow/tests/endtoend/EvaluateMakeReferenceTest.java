package org.ppflow.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.TensorFile;
import org.ppflow.nn.weights.TensorType;
import org.ppflow.tests.endtoend.CommandLineRun.Outcome;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code evaluate --make-reference}, and what the reference is worth. */
class EvaluateMakeReferenceTest {
    private static final int PICTURES = 400;
    private static final int SIDE = 10;

    @TempDir
    private Path folder;

    private TinyNetwork network;
    private MadeUpPictures pictures;
    private Path data;
    private Path samples;

    @BeforeEach
    void write() throws IOException {
        network = TinyNetwork.write(folder.resolve("tiny.pb"));
        pictures = MadeUpPictures.of(1, PICTURES, SIDE);
        data = pictures.npz(
                folder.resolve("data.npz"),
                LongStream.range(0, PICTURES).map(i -> i % 7).toArray());
        samples = MadeUpPictures.of(2, 300, SIDE).npz(folder.resolve("samples.npz"));
    }

    @Test
    void madeReference_scoresAsThePicturesThatItWasMadeOf() {
        Path made = folder.resolve("made.npz");
        Outcome making = make(made);
        assertThat(making.code()).as(making.err()).isZero();
        assertThat(making.out()).contains("statistics of 400 pictures, 400 of them beside");

        JsonNode byPictures = score(data);
        JsonNode byReference = score(made);

        JsonNode adm = byReference.get("adm");
        byPictures
                .get("adm")
                .properties()
                .forEach(metric -> assertThat(adm.path(metric.getKey()).asDouble(Double.NaN))
                        .as(metric.getKey())
                        .isEqualTo(metric.getValue().asDouble()));
        // The file's mean is ADM's fp32 sum, which the protocol exact would not take by itself.
        for (String distance : new String[] {"tiny_fd", "tiny_sfd"}) {
            double expected = byPictures.get("exact").get(distance).asDouble();
            assertThat(byReference.get("exact").get(distance).asDouble()).isEqualTo(expected, within(1e-5 * expected));
        }
        assertThat(byReference.get("exact").get("tiny_recall"))
                .isEqualTo(byPictures.get("exact").get("tiny_recall"));
    }

    @Test
    void madeReference_hasTheArraysOfAdms() throws IOException {
        Path made = folder.resolve("made.npz");
        Outcome making = make(made, "--pictures", 100);
        assertThat(making.code()).as(making.err()).isZero();

        try (TensorFile file = Npz.open(made)) {
            assertThat(file.names()).containsExactlyInAnyOrder("arr_0", "arr_1", "mu", "sigma", "mu_s", "sigma_s");
            assertThat(file.info("arr_0").type()).isEqualTo(TensorType.U8);
            assertThat(file.info("arr_0").shape()).containsExactly(100, SIDE, SIDE, 3);
            assertThat(file.info("mu").type()).isEqualTo(TensorType.F32);
            assertThat(file.info("mu").shape()).containsExactly(TinyNetwork.FEATURES);
            assertThat(file.info("sigma").type()).isEqualTo(TensorType.F64);
            assertThat(file.info("sigma").shape()).containsExactly(TinyNetwork.FEATURES, TinyNetwork.FEATURES);
            assertThat(file.info("mu_s").shape()).containsExactly(TinyNetwork.SPATIAL);
            assertThat(file.info("sigma_s").shape()).containsExactly(TinyNetwork.SPATIAL, TinyNetwork.SPATIAL);
            // Every fourth picture, with its class.
            assertThat(file.longs("arr_1")).startsWith(0, 4, 1, 5);
        }
    }

    @Test
    void referenceThatIsThere_isReplacedOnlyWhereThatIsSaid() throws IOException {
        Path made = folder.resolve("made.npz");
        assertThat(make(made, "--pictures", 100).code()).isZero();
        byte[] first = Files.readAllBytes(made);

        Outcome same = make(made, "--pictures", 100);
        Outcome fewer = make(made, "--pictures", 50);
        Path others = MadeUpPictures.of(3, PICTURES, SIDE).npz(folder.resolve("others.npz"));
        Object[] ofOthers = {"--make-reference", made, "--samples", others, "--pictures", 100, "--cache", folder};
        Outcome other = network.evaluate(ofOthers);

        assertThat(same.code()).as(same.err()).isZero();
        for (Outcome refused : List.of(fewer, other)) {
            assertThat(refused.code()).isEqualTo(2);
            assertThat(refused.err()).contains("--make-reference " + made, "--overwrite");
        }
        assertThat(made).hasBinaryContent(first);
        assertThat(folder.resolve("made.npz.new")).doesNotExist();

        Outcome replaced = make(made, "--pictures", 50, "--overwrite");
        assertThat(replaced.code()).as(replaced.err()).isZero();
        assertThat(Files.readAllBytes(made)).isNotEqualTo(first);
    }

    @Test
    void statisticsOfAllPictures_countWhereFewAreKept() {
        Path made = folder.resolve("made.npz");
        assertThat(make(made, "--pictures", 100).code()).isZero();

        JsonNode byPictures = score(data).get("adm");
        JsonNode byReference = score(made).get("adm");

        assertThat(byReference.get("tiny_fd")).isEqualTo(byPictures.get("tiny_fd"));
        assertThat(byReference.get("reference_count").asInt()).isEqualTo(100);
    }

    @Test
    void networkWithoutSpatialFeatures_makesNoReference() {
        Path made = folder.resolve("made.npz");
        Outcome refused = CommandLineRun.run(Stream.concat(
                        Stream.of(
                                "evaluate",
                                "--make-reference",
                                made,
                                "--samples",
                                data,
                                "--cache",
                                folder.resolve("c")),
                        network.options("features").stream())
                .toArray());

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("without spatial features", "--spatial NAME");
        assertThat(made).doesNotExist();
    }

    private Outcome make(Path made, Object... more) {
        return network.evaluate(Stream.concat(
                        Stream.of("--make-reference", made, "--samples", data, "--cache", folder.resolve("cache")),
                        Arrays.stream(more))
                .toArray());
    }

    private JsonNode score(Path reference) {
        Outcome outcome = network.evaluate(
                "--reference", reference, "--samples", samples, "--cache", folder.resolve("cache"), "--json", "-");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return JsonMapper.shared().readTree(outcome.out()).get("protocols");
    }
}
