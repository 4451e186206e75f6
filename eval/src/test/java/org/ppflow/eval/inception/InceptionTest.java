package org.ppflow.eval.inception;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.ppflow.eval.feature.FeatureNetwork;
import org.ppflow.eval.feature.Features;
import org.ppflow.eval.images.ImageBatch;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.session.SessionOptions;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.NpzFile;

/**
 * Both forms against the reference's numbers. Tolerances are the golden README's: 1e-4 for {@code pool_3}, layers and probabilities, 2e-4 for
 * spatial features, 1e-5 for the resized picture; another convolution library alone makes 1.3e-5, 2.6e-5 and 1.0e-5.
 */
class InceptionTest {
    private static final SessionOptions OPTIONS = SessionOptions.DEFAULT;
    private static NativeInception layered;
    private static ImportedInception imported;
    private static NpzFile golden;

    @BeforeAll
    static void open() throws IOException {
        golden = Npz.open(Golden.file("features.npz"));
        layered = NativeInception.fromGraph(Golden.file(Golden.GRAPH), OPTIONS);
        imported = ImportedInception.load(Golden.file(Golden.GRAPH), OPTIONS);
    }

    @AfterAll
    static void close() throws IOException {
        layered.close();
        imported.close();
        golden.close();
    }

    @Test
    void extract_givesTheReferencesFeaturesInBothForms() throws IOException {
        assertThat(Golden.sizes(golden)).isNotEmpty();
        for (FeatureNetwork network : List.of(layered, imported)) {
            for (String size : Golden.sizes(golden)) {
                assertReference(network.extract(Golden.images(golden, size)), size);
            }
        }
    }

    static void assertReference(Features features, String size) throws IOException {
        assertClose(features.features(), golden.floats("pool_3_" + size), 1e-4, "pool_3_" + size);
        assertClose(features.spatial(), golden.floats("spatial_" + size), 2e-4, "spatial_" + size);
        assertClose(features.probabilities(), golden.floats("probabilities_" + size), 1e-4, "probabilities_" + size);
    }

    private static void assertClose(FloatArray found, FloatArray expected, double tolerance, String what) {
        assertThat(found.shape()).as(what).isEqualTo(expected.shape());
        double largest = 0;
        for (int i = 0; i < expected.values().length; i++) {
            // not Math.max alone: it must not let a NaN pass
            double difference = Math.abs(found.values()[i] - expected.values()[i]);
            assertThat(difference).as(what).isNotNaN();
            largest = Math.max(largest, difference);
        }
        assertThat(largest).as(what).isLessThanOrEqualTo(tolerance);
    }

    @Test
    void layers_areTheReferencesOneByOne() throws IOException {
        ImageBatch first = repeated(Golden.some(Golden.images(golden, "40"), 0, 1));
        List<String> names = golden.texts("layer_names");
        Set<String> postponed = new HashSet<>(names);
        postponed.removeAll(layered.layers());
        assertThat(postponed)
                .as("average pools that come after the convolution behind them")
                .hasSize(8)
                .allMatch(name -> name.endsWith("/tower_2/pool"));
        assertLayers(imported, first, names, names);
        assertLayers(
                layered,
                first,
                names,
                names.stream().filter(layered.layers()::contains).toList());
    }

    private static void assertLayers(Inception network, ImageBatch first, List<String> names, List<String> chosen)
            throws IOException {
        List<FloatArray> outputs = network.outputs(first, chosen);
        for (int i = 0; i < chosen.size(); i++) {
            assertLayer(
                    outputs.get(i),
                    names.indexOf(chosen.get(i)),
                    network.getClass().getSimpleName() + " " + chosen.get(i));
        }
    }

    private static void assertLayer(FloatArray output, int row, String what) throws IOException {
        long[] shape = golden.longs("layer_shapes");
        int height = (int) shape[3 * row];
        int width = (int) shape[3 * row + 1];
        int channels = (int) shape[3 * row + 2];
        assertThat(output.shape()).as(what).isEqualTo(new int[] {1, height, width, channels});
        float[] values = output.values();
        double mean = 0;
        for (float value : values) {
            mean += value / values.length;
        }
        double variance = 0;
        for (float value : values) {
            variance += (value - mean) * (value - mean) / values.length;
        }
        assertThat(mean).as(what + ", mean").isCloseTo(golden.doubles("layer_means")[row], within());
        assertThat(Math.sqrt(variance)).as(what + ", std").isCloseTo(golden.doubles("layer_stds")[row], within());
        int place = ((height / 2) * width + width / 3) * channels;
        for (int c = 0; c < Math.min(8, channels); c++) {
            assertThat((double) values[place + c])
                    .as(what + ", middle, channel " + c)
                    .isCloseTo(golden.doubles("layer_middle")[8 * row + c], within());
        }
    }

    private static Offset<Double> within() {
        return Offset.offset(1e-4);
    }

    @Test
    void resize_givesTheReferencesRows() throws IOException {
        ImageBatch first = repeated(Golden.some(Golden.images(golden, "40"), 0, 1));
        FloatArray rows = golden.floats("resized_40x56");
        long[] indexes = golden.longs("resized_rows");
        for (Inception network : List.of(layered, imported)) {
            FloatArray picture = network.outputs(first, List.of("Mul")).get(0).reshaped(299, 299, 3);
            int[] chosen = new int[indexes.length];
            for (int i = 0; i < chosen.length; i++) {
                chosen[i] = (int) indexes[i];
            }
            assertClose(picture.rows(chosen), rows, 1e-5, "resized rows");
        }
    }

    @Test
    void extract_ofAPictureDoesNotDependOnItsNeighboursOrPlaceOrTheCallersBatch() {
        ImageBatch all = Golden.images(golden, "64");
        for (FeatureNetwork network : List.of(layered, imported)) {
            Features together = network.extract(all);
            assertRow(network.extract(Golden.some(all, 5, 6)), 0, together, 5);
            assertRow(network.extract(Golden.some(all, 3, 8)), 2, together, 5);
            // in the second of three runs of the fixed batch
            assertRow(network.extract(repeated(Golden.some(all, 0, 9))), 5 + 18, together, 5);
        }
    }

    private static void assertRow(Features found, int row, Features expected, int expectedRow) {
        assertThat(found.features().rows(row)).isEqualTo(expected.features().rows(expectedRow));
        assertThat(found.spatial().rows(row)).isEqualTo(expected.spatial().rows(expectedRow));
        assertThat(found.probabilities().rows(row))
                .isEqualTo(expected.probabilities().rows(expectedRow));
    }

    /** As often as fills a run of the network, or a little more. */
    private static ImageBatch repeated(ImageBatch batch) {
        int times = (Inception.BATCH + batch.count() - 1) / batch.count();
        if (batch.count() > 1) {
            times++;
        }
        byte[] pixels = new byte[batch.pixels().length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(batch.pixels(), 0, pixels, i * batch.pixels().length, batch.pixels().length);
        }
        return new ImageBatch(pixels, batch.height(), batch.width(), batch.channels());
    }

    @Test
    void extract_ofNoPicturesGivesNoRows() {
        Features none = layered.extract(new ImageBatch(new byte[0], 8, 8, 3));
        assertThat(none.features().shape()).isEqualTo(new int[] {0, 2048});
        assertThat(none.spatial().shape()).isEqualTo(new int[] {0, 2023});
        assertThat(none.probabilities().shape()).isEqualTo(new int[] {0, 1008});
    }

    @Test
    void extract_refusesGreyPictures() {
        assertThatThrownBy(() -> layered.extract(new ImageBatch(new byte[64], 8, 8, 1)))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("1 channels")
                .hasMessageContaining("3");
    }

    @Test
    void contentHash_tellsTheFormsApart() {
        assertThat(layered.kind()).isEqualTo(imported.kind()).isEqualTo("inception");
        assertThat(layered.contentHash()).isNotEqualTo(imported.contentHash());
    }

    @Test
    void flops_areThoseOfInceptionV3() {
        // 5.71e9 multiply-adds at 299 x 299, as published for Inception v3 (Szegedy et al. 2016 say 5 billion)
        assertThat(InceptionLayers.flops()).isBetween(11.3e9, 11.5e9);
    }

    @Test
    void bench_measuresPicturesASecond() {
        InceptionBench bench = InceptionBench.measure(layered, 32, 4, 1, OPTIONS, Progress.NONE);
        assertThat(bench.imagesPerSecond()).isPositive();
        assertThat(bench.gigaflops()).isCloseTo(bench.imagesPerSecond() * 11.42, Percentage.withPercentage(1));
        assertThat(bench.shareOfPeak()).isEqualTo(bench.gigaflops() / bench.peakGigaflops());
    }
}
