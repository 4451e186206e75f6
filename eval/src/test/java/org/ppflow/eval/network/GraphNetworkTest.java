package org.ppflow.eval.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.eval.feature.Features;
import org.ppflow.eval.images.ImageBatch;
import org.ppflow.eval.network.PictureInput.Layout;
import org.ppflow.eval.network.PictureInput.Resize;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.session.SessionOptions;
import org.tensorflow.ndarray.Shape;

class GraphNetworkTest {
    private static final PictureInput FOUR = new PictureInput(4, 4, 3, Resize.NONE, Layout.NHWC, Scaling.PIXELS);

    @TempDir
    private Path folder;

    private Path frozen;

    @BeforeEach
    void write() throws IOException {
        frozen = StoredNetworks.frozen(
                folder.resolve("colour-means.pb"), Shape.of(-1, -1, -1, 3), StoredNetworks::means);
    }

    private static GraphNetwork open(NetworkSpec spec) throws IOException {
        return GraphNetwork.open(spec, SessionOptions.DEFAULT);
    }

    private NetworkSpec spec(String input, String feature, PictureInput pictures) {
        return new NetworkSpec(frozen, "means", input, feature, Optional.empty(), Optional.empty(), pictures);
    }

    /** Picture i is all of colour (i, 2i, 3i) but for its first row, which is black. */
    private static ImageBatch pictures(int count) {
        byte[] pixels = new byte[count * 4 * 4 * 3];
        for (int i = 0; i < pixels.length; i++) {
            int picture = i / 48;
            boolean first = i % 48 < 12;
            pixels[i] = (byte) (first ? 0 : picture * (i % 3 + 1));
        }
        return new ImageBatch(pixels, 4, 4, 3);
    }

    @Test
    void extract_ofAFrozenGraphGivesFeaturesSpatialFeaturesAndProbabilities() throws IOException {
        NetworkSpec spec =
                new NetworkSpec(frozen, "means", "x", "mean:0", Optional.of("edges"), Optional.of("p"), FOUR);
        try (GraphNetwork network = open(spec)) {
            Features features = network.extract(pictures(37));
            assertThat(network.kind()).isEqualTo("means");
            assertThat(network.featureSize()).isEqualTo(3);
            assertThat(network.spatialSize()).isEqualTo(4 * 3);
            assertThat(network.classes()).isEqualTo(3);
            assertThat(features.features().shape()).isEqualTo(new int[] {37, 3});
            assertThat(features.features().rows(20).values()).containsExactly(15f, 30f, 45f);
            assertThat(features.spatial().rows(20).values())
                    .containsExactly(-20f, -40f, -60f, -20f, -40f, -60f, -20f, -40f, -60f, -20f, -40f, -60f);
            // softmax of (1.5, 3, 4.5)
            double sum = Math.exp(1.5) + Math.exp(3) + Math.exp(4.5);
            assertThat((double) features.probabilities().rows(2).values()[0])
                    .isCloseTo(Math.exp(1.5) / sum, within(1e-6));
        }
    }

    @Test
    void extract_ofAFeatureOfHigherRankFlattensIt() throws IOException {
        try (GraphNetwork network = open(spec("x", "edges", FOUR))) {
            assertThat(network.featureSize()).isEqualTo(12);
            assertThat(network.spatialSize()).isZero();
            assertThat(network.classes()).isZero();
            assertThat(network.extract(pictures(3)).features().shape()).isEqualTo(new int[] {3, 12});
        }
    }

    @Test
    void extract_ofHalfPrecisionIsWidened() throws IOException {
        try (GraphNetwork network = open(spec("x", "half", FOUR))) {
            assertThat(network.extract(pictures(5)).features().rows(4).values()).containsExactly(3f, 6f, 9f);
        }
    }

    @Test
    void extract_ofASavedModelRestoresItsVariablesAndKnowsItsSignature() throws IOException {
        Path model = StoredNetworks.savedModel(folder.resolve("model"), new float[] {1, 0, 0, 1, 1, 1});
        NetworkSpec byKey =
                new NetworkSpec(model, "mine", "pictures", "embedding", Optional.empty(), Optional.empty(), FOUR);
        NetworkSpec byNode = new NetworkSpec(model, "mine", "in", "out:0", Optional.empty(), Optional.empty(), FOUR);
        for (NetworkSpec spec : new NetworkSpec[] {byKey, byNode}) {
            try (GraphNetwork network = open(spec)) {
                // colour means (6, 12, 18): 6 + 18, 12 + 18
                assertThat(network.extract(pictures(9)).features().rows(8).values())
                        .containsExactly(24f, 30f);
            }
        }
        Path other = StoredNetworks.savedModel(folder.resolve("other"), new float[] {1, 0, 0, 1, 1, 2});
        try (GraphNetwork first = open(byKey);
                GraphNetwork second = open(new NetworkSpec(
                        other, "mine", "pictures", "embedding", Optional.empty(), Optional.empty(), FOUR))) {
            assertThat(first.contentHash())
                    .as("other variables, the same graph")
                    .isNotEqualTo(second.contentHash());
        }
    }

    @Test
    void extract_turnsAndScalesForANetworkOfChannelsFirst() throws IOException {
        Path file = StoredNetworks.frozen(
                folder.resolve("first.pb"),
                Shape.of(2, 3, 4, 4),
                (tf, x) -> tf.withName("rows").reduceMax(x, tf.constant(new int[] {2, 3})));
        PictureInput pictures = new PictureInput(4, 4, 3, Resize.NONE, Layout.NCHW, Scaling.range(-1, 1));
        NetworkSpec spec = new NetworkSpec(file, "max", "x", "rows", Optional.empty(), Optional.empty(), pictures);
        try (GraphNetwork network = open(spec)) {
            // the graph takes two pictures at a time
            float[] row = network.extract(pictures(52)).features().rows(51).values();
            assertThat(row)
                    .containsExactly(new float[] {51 / 127.5f - 1, 102 / 127.5f - 1, 153 / 127.5f - 1}, within(1e-6f));
        }
    }

    @Test
    void extract_resizesWithSmoothing() throws IOException {
        byte[] checkerboard = new byte[8 * 8 * 3];
        for (int i = 0; i < checkerboard.length; i++) {
            checkerboard[i] = (byte) ((i / 24 + i / 3) % 2 == 0 ? 200 : 0);
        }
        byte[] even = new byte[5 * 7 * 3];
        Arrays.fill(even, (byte) 77);
        for (Resize resize : new Resize[] {Resize.BILINEAR, Resize.BICUBIC}) {
            PictureInput pictures = new PictureInput(4, 4, 3, resize, Layout.NHWC, Scaling.PIXELS);
            try (GraphNetwork network = open(
                    new NetworkSpec(frozen, "means", "x", "edges", Optional.of("x"), Optional.empty(), pictures))) {
                float[] shrunk = network.extract(new ImageBatch(checkerboard, 8, 8, 3))
                        .spatial()
                        .values();
                // Half the pixels are 200: away from the border, smoothing leaves their mean.
                assertThat(shrunk[(4 + 1) * 3]).as(resize.word()).isCloseTo(100f, within(1f));
                float[] constant =
                        network.extract(new ImageBatch(even, 5, 7, 3)).spatial().values();
                assertThat(constant).as(resize.word()).hasSize(48);
                for (float pixel : constant) {
                    assertThat(pixel).as(resize.word()).isCloseTo(77f, within(1e-4f));
                }
            }
        }
    }

    @Test
    void extract_doesNotDependOnTheCallersBatch() throws IOException {
        try (GraphNetwork network = open(spec("x", "mean", FOUR))) {
            assertThat(network.extract(pictures(40)).features().slice(0, 3))
                    .isEqualTo(network.extract(pictures(3)).features());
        }
    }

    @Test
    void contentHash_changesWithPreprocessingAndTensor() throws IOException {
        PictureInput scaled = new PictureInput(4, 4, 3, Resize.NONE, Layout.NHWC, Scaling.IMAGENET);
        try (GraphNetwork one = open(spec("x", "mean", FOUR));
                GraphNetwork two = open(spec("x", "mean", scaled));
                GraphNetwork three = open(spec("x", "p", FOUR))) {
            assertThat(one.contentHash()).isNotEqualTo(two.contentHash()).isNotEqualTo(three.contentHash());
        }
    }

    @Test
    void open_ofAnUnknownNameSaysWhichIsNear() {
        assertRefused(spec("x", "meen", FOUR), "'meen'", "did you mean 'mean'?");
        assertRefused(spec("picture", "mean", FOUR), "'picture'", "as x");
        assertRefused(spec("x", "mean:3", FOUR), "output 3");
    }

    @Test
    void open_ofAnUnknownSignatureNameListsTheSignature() throws IOException {
        Path model = StoredNetworks.savedModel(folder.resolve("model"), new float[6]);
        assertRefused(
                new NetworkSpec(model, "mine", "pictures", "pool", Optional.empty(), Optional.empty(), FOUR),
                "'pool'",
                "as embedding");
    }

    @Test
    void open_ofTensorsThatAreNoFeaturesIsRefused() {
        assertRefused(spec("x", "whole", FOUR), "DT_INT32", "float32");
        assertRefused(spec("x", "total", FOUR), "first axis is the batch");
        NetworkSpec logits = new NetworkSpec(frozen, "means", "x", "mean", Optional.empty(), Optional.of("mean"), FOUR);
        assertRefused(logits, "sum to 1", "softmax");
    }

    @Test
    void open_ofAnInputThatTakesOtherPicturesIsRefused() throws IOException {
        frozen = StoredNetworks.frozen(
                folder.resolve("fixed.pb"),
                Shape.of(-1, 8, 8, 3),
                (tf, x) -> tf.withName("y").identity(x));
        assertRefused(spec("x", "y", FOUR), "[-1, 8, 8, 3]", "[-1, 4, 4, 3]");
        PictureInput turned = new PictureInput(8, 8, 3, Resize.NONE, Layout.NCHW, Scaling.PIXELS);
        assertRefused(spec("x", "y", turned), "[-1, 3, 8, 8]");
    }

    @Test
    void extract_ofAnotherSizeWithoutResizingIsRefused() throws IOException {
        try (GraphNetwork network = open(spec("x", "mean", FOUR))) {
            assertThatThrownBy(() -> network.extract(new ImageBatch(new byte[5 * 4 * 3], 5, 4, 3)))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("5x4x3")
                    .hasMessageContaining("bilinear or bicubic");
        }
    }

    @Test
    void open_ofADamagedFileIsRefusedByName() throws IOException {
        byte[] whole = Files.readAllBytes(frozen);
        Path cut = Files.write(folder.resolve("cut.pb"), Arrays.copyOf(whole, whole.length - 5));
        Path text = Files.writeString(folder.resolve("text.pb"), "no graph at all");
        Path empty = Files.write(folder.resolve("empty.pb"), new byte[0]);
        Path bare = Files.createDirectories(folder.resolve("bare"));
        Path model = StoredNetworks.savedModel(folder.resolve("model"), new float[6]);
        Files.delete(model.resolve("variables").resolve("variables.data-00000-of-00001"));
        for (Path file : new Path[] {cut, text, empty, bare, model, folder.resolve("absent.pb")}) {
            NetworkSpec spec = new NetworkSpec(file, "mine", "in", "out", Optional.empty(), Optional.empty(), FOUR);
            assertRefused(spec, String.valueOf(file.getFileName()), "expected");
        }
    }

    private static void assertRefused(NetworkSpec spec, String... parts) {
        assertThatThrownBy(() -> open(spec))
                .isInstanceOf(BadInputException.class)
                .satisfies(error -> {
                    for (String part : parts) {
                        assertThat(error).hasMessageContaining(part);
                    }
                });
    }
}
