package org.ppflow.eval.neighbours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ppflow.eval.rows.ArrayRows;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.weights.NpzFile;

/**
 * Both protocols against the golden file's features: the reference's own numbers (openai/guided-diffusion, commit 22e0df8, TensorFlow 2.21 on a
 * processor), and its brute force in fp64.
 */
class PrecisionRecallGoldenTest {
    /** Rows of the small blocks, by case, from the README beside the file. */
    private static final Map<String, Integer> SMALL_BLOCKS = Map.of("d64", 256, "ties", 128, "overflow", 50);

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("org.ppflow.eval.neighbours.Golden#precisionRecallCases")
    void exact_agreesRowByRow(String name) throws IOException {
        try (NpzFile golden = Golden.open("precision_recall.npz")) {
            ArrayRows reference = new ArrayRows(golden.floats(name + "_ref"));
            ArrayRows samples = new ArrayRows(golden.floats(name + "_samples"));

            PrecisionRecall found = PrecisionRecall.between(reference, samples, 3, Progress.NONE);

            // The order of the fp64 sums is another: a few roundings of 1.1e-16, relative.
            assertClose(exactRadii(reference), golden.doubles(name + "_exact_radii_ref"), 1e-13);
            assertClose(exactRadii(samples), golden.doubles(name + "_exact_radii_samples"), 1e-13);
            assertInside(found.sampleInside(), golden.longs(name + "_exact_sample_in"));
            assertInside(found.referenceInside(), golden.longs(name + "_exact_ref_in"));
            assertMargins(found.sampleMargins(), golden.doubles(name + "_exact_sample_margin"));
            assertMargins(found.referenceMargins(), golden.doubles(name + "_exact_ref_margin"));
            assertThat(found.precision()).isEqualTo(Golden.scalar(golden, name + "_exact_precision"));
            assertThat(found.recall()).isEqualTo(Golden.scalar(golden, name + "_exact_recall"));
            assertThat(found.density()).isEqualTo(Golden.scalar(golden, name + "_exact_density"), within(1e-15));
            assertThat(found.coverage()).isEqualTo(Golden.scalar(golden, name + "_exact_coverage"));
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("org.ppflow.eval.neighbours.Golden#precisionRecallCases")
    void admInDefaultBlocks_agreesRowByRow(String name) throws IOException {
        assertAdm(name, "default", AdmPrecisionRecall.BLOCK);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("org.ppflow.eval.neighbours.Golden#precisionRecallCases")
    void admInSmallBlocks_agreesRowByRow(String name) throws IOException {
        Integer block = SMALL_BLOCKS.get(name);
        if (block != null) {
            assertAdm(name, "small", block);
        }
    }

    private static void assertAdm(String name, String blocks, int block) throws IOException {
        try (NpzFile golden = Golden.open("precision_recall.npz")) {
            String prefix = name + "_" + blocks + "_";
            ArrayRows reference = new ArrayRows(golden.floats(name + "_ref"));
            ArrayRows samples = new ArrayRows(golden.floats(name + "_samples"));

            for (int tileRows : new int[] {PairTiles.TILE_ROWS, 97}) {
                AdmPrecisionRecall found =
                        AdmPrecisionRecall.between(reference, samples, 3, block, tileRows, Progress.NONE);

                // Equal in blocks that are fp16; those redone in fp32 are within 1e-5 in the README.
                double tolerance = found.redoneBlocks() > 0 ? 1e-5 : 0;
                assertClose(admRadii(reference, block), golden.doubles(prefix + "radii_ref"), tolerance);
                assertClose(admRadii(samples, block), golden.doubles(prefix + "radii_samples"), tolerance);
                assertInside(found.sampleInside(), golden.longs(prefix + "sample_in"));
                assertInside(found.referenceInside(), golden.longs(prefix + "ref_in"));
                assertThat(found.precision()).isEqualTo(Golden.scalar(golden, prefix + "precision"));
                assertThat(found.recall()).isEqualTo(Golden.scalar(golden, prefix + "recall"));
            }
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("org.ppflow.eval.neighbours.Golden#precisionRecallCases")
    void firstDistances_areTheReferences(String name) throws IOException {
        try (NpzFile golden = Golden.open("precision_recall.npz")) {
            ArrayRows reference = new ArrayRows(golden.floats(name + "_ref"));
            ArrayRows samples = new ArrayRows(golden.floats(name + "_samples"));
            FloatArray block = golden.floats(name + "_block");
            int size = reference.size();
            float[] normsU = AdmNorms.of(reference).in(BlockPrecision.FP16);
            float[] normsV = AdmNorms.of(samples).in(BlockPrecision.FP16);
            RowRange rows = new RowRange(0, block.rows());
            RowRange columns = new RowRange(0, block.rowSize());

            try (PanelProducts products = PanelProducts.doubledHalves(size)) {
                PairTiles tiles = new PairTiles(size, Math.max(rows.count(), columns.count()), PairTiles.TILE_ROWS);
                tiles.rectangle(products, reference, rows, samples, columns, false, tile -> {
                    for (int i = 0; i < rows.count(); i++) {
                        for (int j = 0; j < columns.count(); j++) {
                            float product = tile.products()[tile.start(i) + j];
                            assertThat(BlockPrecision.FP16.distance(normsU[i], product, normsV[j]))
                                    .as("%d, %d", i, j)
                                    .isEqualTo(block.values()[i * columns.count() + j]);
                        }
                    }
                });
            }
        }
    }

    private static double[] exactRadii(ArrayRows rows) {
        return NeighbourRadii.squared(rows, 3, new PairTiles(rows.size(), rows.count(), 100), Progress.NONE);
    }

    private static double[] admRadii(ArrayRows rows, int block) {
        try (AdmBlocks blocks = new AdmBlocks(rows.size(), rows.count(), block, 100)) {
            return blocks.radii(rows, AdmNorms.of(rows), 3, Progress.NONE);
        }
    }

    private static void assertClose(double[] found, double[] expected, double relative) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i]).as("radius %d", i).isEqualTo(expected[i], within(relative * expected[i]));
        }
    }

    /** Margins are differences of radii and distances, relative to radii: their roundings are absolute. */
    private static void assertMargins(double[] found, double[] expected) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i]).as("margin %d", i).isEqualTo(expected[i], within(1e-12 * (1 + Math.abs(expected[i]))));
        }
    }

    private static void assertInside(boolean[] found, long[] expected) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i]).as("row %d", i).isEqualTo(expected[i] == 1);
        }
    }
}
