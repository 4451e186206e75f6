package org.ppflow.eval.neighbours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ppflow.eval.rows.ArrayRows;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.weights.NpzFile;

class PrecisionRecallTest {
    @Test
    void sameSet_hasPrecisionAndRecallOne() {
        FloatArray set = RandomSets.NORMAL.of(1, 100, 4);

        PrecisionRecall same = compare(set, set, 3);

        assertThat(same.precision()).isEqualTo(1);
        assertThat(same.recall()).isEqualTo(1);
        assertThat(same.coverage()).isEqualTo(1);
        assertThat(same.density()).isGreaterThanOrEqualTo(1);
    }

    @Test
    void samplesInOneCornerOfTheReference_arePreciseAndRecallLittle() {
        // A line of points, and samples beside its first ten; 10 is on the edge of the last ball.
        PrecisionRecall corner = compare(line(100, 1, 0), line(20, 0.5f, 0), 1);

        assertThat(corner.precision()).isEqualTo(1);
        assertThat(corner.recall()).isEqualTo(0.11);
    }

    @Test
    void edgeOfABall_isInside() {
        // Balls of radius 1 around 0, 1, 2; samples at -1 (on the edge) and beyond.
        PrecisionRecall edge = compare(line(3, 1, 0), new FloatArray(new int[] {3, 1}, new float[] {-1, -1.5f, 9}), 1);

        assertThat(edge.precision()).isEqualTo(1 / 3.0);
        assertThat(edge.sampleMargins()[0]).isZero();
        assertThat(edge.sampleMargins()[1]).isNegative();
    }

    @Test
    void ballsThatArePoints_holdTheirCentreAlone() {
        FloatArray points = new FloatArray(new int[] {4, 1}, new float[] {5, 5, 5, 5});
        FloatArray samples = new FloatArray(new int[] {4, 1}, new float[] {5, 5.0001f, 6, 7});

        assertThat(compare(points, samples, 3).precision()).isEqualTo(0.25);
    }

    @Test
    void needsMoreRowsThanK() {
        assertThatThrownBy(() -> compare(line(3, 1, 0), line(9, 1, 0), 3))
                .hasMessageContaining("no neighbour 3 among 3 rows");
    }

    @ParameterizedTest
    @ValueSource(strings = {"d64", "ties", "overflow"})
    void goldenFeatures_agreeRowByRow(String name) throws IOException {
        try (NpzFile golden = Golden.open("precision_recall.npz")) {
            FloatArray reference = golden.floats(name + "_ref");
            FloatArray samples = golden.floats(name + "_samples");

            PrecisionRecall found = compare(reference, samples, 3);

            assertRadii(radii(reference, 3), golden.doubles(name + "_exact_radii_ref"));
            assertRadii(radii(samples, 3), golden.doubles(name + "_exact_radii_samples"));
            assertInside(found.sampleMargins(), golden.longs(name + "_exact_sample_in"));
            assertInside(found.referenceMargins(), golden.longs(name + "_exact_ref_in"));
            assertThat(found.precision()).isEqualTo(Golden.scalar(golden, name + "_exact_precision"));
            assertThat(found.recall()).isEqualTo(Golden.scalar(golden, name + "_exact_recall"));
            assertThat(found.density()).isEqualTo(Golden.scalar(golden, name + "_exact_density"), within(1e-15));
            assertThat(found.coverage()).isEqualTo(Golden.scalar(golden, name + "_exact_coverage"));
        }
    }

    private static PrecisionRecall compare(FloatArray reference, FloatArray samples, int k) {
        return PrecisionRecall.between(new ArrayRows(reference), new ArrayRows(samples), k, Progress.NONE);
    }

    private static double[] radii(FloatArray set, int k) {
        ArrayRows rows = new ArrayRows(set);
        float[] centre = DistanceBounds.centre(rows);
        try (PanelProducts products = PanelProducts.centred(centre)) {
            PairTiles tiles = new PairTiles(rows.size(), rows.count(), 100);
            return NeighbourRadii.squared(rows, k, DistanceBounds.of(rows, centre), products, tiles, Progress.NONE);
        }
    }

    private static void assertRadii(double[] found, double[] expected) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i]).as("radius %d", i).isEqualTo(expected[i], within(1e-13 * expected[i]));
        }
    }

    private static void assertInside(double[] margins, long[] expected) {
        assertThat(margins).hasSameSizeAs(expected);
        for (int i = 0; i < margins.length; i++) {
            assertThat(margins[i] >= 0).as("row %d", i).isEqualTo(expected[i] == 1);
        }
    }

    private static FloatArray line(int rows, float step, float start) {
        FloatArray line = FloatArray.zeros(rows, 1);
        for (int i = 0; i < rows; i++) {
            line.values()[i] = start + i * step;
        }
        return line;
    }
}
