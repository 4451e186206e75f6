package org.ppflow.eval.neighbours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ppflow.eval.rows.ArrayRows;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;
import org.ppflow.nn.weights.HalfPrecision;

/** The fast search against the reference's loops, written out plainly. */
class AdmPrecisionRecallTest {
    private static final int SIZE = 20;

    @ParameterizedTest
    @CsvSource({"7, 3", "7, 100", "16, 5", "1, 1", "1000, 13"})
    void anyBlocksAndTiles_giveThePlainLoops(int block, int tileRows) {
        for (int seed = 0; seed < 3; seed++) {
            for (int oneLargeIn : new int[] {Integer.MAX_VALUE, 40, 3}) {
                FloatArray reference = rows(seed, 45, oneLargeIn);
                FloatArray samples = rows(seed + 50, 52, oneLargeIn);

                AdmPrecisionRecall found = AdmPrecisionRecall.between(
                        new ArrayRows(reference), new ArrayRows(samples), 3, block, tileRows, Progress.NONE);

                PlainLoops expected = new PlainLoops(reference, samples, 3, block);
                assertThat(found.referenceInside()).isEqualTo(expected.referenceInside);
                assertThat(found.sampleInside()).isEqualTo(expected.sampleInside);
                assertThat(found.redoneBlocks()).isEqualTo(expected.redone);
            }
        }
    }

    @Test
    void mirrorImagesOfABlock_mayNeedDifferentArithmetic() {
        // u first: 64960 + 559 = 65519 rounds to 65504, which 10 more leave. v first: 10 + 559 = 569, and 64960 more
        // round to infinity.
        FloatArray rows = new FloatArray(
                new int[] {4, 2}, new float[] {254.875f, 0, -1.0966797f, 3, 254.875f, 0, -1.0966797f, 3});
        ArrayRows set = new ArrayRows(rows);

        AdmPrecisionRecall found = AdmPrecisionRecall.between(set, set, 1, 1, Progress.NONE);

        // Of the 16 pairs, blocks of their own, the four (v, u); three times.
        assertThat(found.redoneBlocks()).isEqualTo(12);
        assertThat(new PlainLoops(rows, rows, 1, 1).redone).isEqualTo(12);
        assertThat(AdmPrecisionRecall.between(set, set, 1, 2, Progress.NONE).redoneBlocks())
                .isEqualTo(12);
    }

    @Test
    void blockWithAnInfiniteNorm_isRedone() {
        FloatArray rows = rows(1, 20, Integer.MAX_VALUE);
        rows.values()[SIZE * 13] = 1e5f;

        assertThat(AdmPrecisionRecall.between(new ArrayRows(rows), new ArrayRows(rows), 3, 10, Progress.NONE)
                        .redoneBlocks())
                .isEqualTo(3 * 3);
    }

    @Test
    void needsMoreRowsThanK() {
        ArrayRows few = new ArrayRows(rows(1, 3, 9));

        assertThatThrownBy(() -> AdmPrecisionRecall.between(few, few, Progress.NONE))
                .hasMessageContaining("no neighbour 3 among 3 rows");
    }

    /**
     * Eighths up to 8, and now and then a row 8 or 16 times larger, whose squared norm is near the largest half or beyond. All sums are exact in float32,
     * so their order does not matter here; the goldens show that it hardly does anywhere.
     */
    private static FloatArray rows(long seed, int rows, int oneLargeIn) {
        FloatArray set = FloatArray.zeros(rows, SIZE);
        RandomStream random = RandomStream.of(seed, Purpose.TEST, 0);
        for (int i = 0; i < rows; i++) {
            int scale = random.nextInt(oneLargeIn) == 0 && oneLargeIn < 1000 ? 8 + 8 * random.nextInt(2) : 1;
            for (int j = 0; j < SIZE; j++) {
                set.values()[i * SIZE + j] = scale * (random.nextInt(129) - 64) / 8f;
            }
        }
        return set;
    }

    /** Radii by whole rows of distances, blocks by all their distances, halves by the slow conversion. */
    private static final class PlainLoops {
        private final int block;
        private final boolean[] referenceInside;
        private final boolean[] sampleInside;
        private int redone;

        PlainLoops(FloatArray reference, FloatArray samples, int k, int block) {
            this.block = block;
            float[] referenceRadii = radii(reference, k);
            float[] sampleRadii = radii(samples, k);
            float[][] distances = distances(reference, samples);
            referenceInside = new boolean[reference.rows()];
            sampleInside = new boolean[samples.rows()];
            for (int i = 0; i < referenceInside.length; i++) {
                for (int j = 0; j < sampleInside.length; j++) {
                    referenceInside[i] |= distances[i][j] <= sampleRadii[j];
                    sampleInside[j] |= distances[i][j] <= referenceRadii[i];
                }
            }
        }

        private float[] radii(FloatArray set, int k) {
            float[][] distances = distances(set, set);
            float[] radii = new float[set.rows()];
            for (int i = 0; i < radii.length; i++) {
                Arrays.sort(distances[i]);
                radii[i] = distances[i][k];
            }
            return radii;
        }

        private float[][] distances(FloatArray u, FloatArray v) {
            FloatArray halvesU = halves(u);
            FloatArray halvesV = halves(v);
            float[][] all = new float[u.rows()][v.rows()];
            for (int i = 0; i < u.rows(); i += block) {
                for (int j = 0; j < v.rows(); j += block) {
                    if (!fill(all, halvesU, i, halvesV, j, true)) {
                        redone++;
                        fill(all, u, i, v, j, false);
                    }
                }
            }
            return all;
        }

        private boolean fill(float[][] all, FloatArray u, int firstU, FloatArray v, int firstV, boolean half) {
            boolean finite = true;
            for (int i = firstU; i < Math.min(u.rows(), firstU + block); i++) {
                for (int j = firstV; j < Math.min(v.rows(), firstV + block); j++) {
                    all[i][j] = half ? half(u, i, v, j) : single(u, i, v, j);
                    finite &= Float.isFinite(all[i][j]);
                }
            }
            return finite;
        }

        private static float half(FloatArray u, int i, FloatArray v, int j) {
            float doubled = slow(2 * slow((float) product(u, i, v, j)));
            return Math.max(slow(slow(norm(u, i) - doubled) + norm(v, j)), 0);
        }

        private static float norm(FloatArray set, int row) {
            return HalfArithmetic.squaredNorm(set.values(), row * set.rowSize(), set.rowSize());
        }

        private static float single(FloatArray u, int i, FloatArray v, int j) {
            return Math.max(
                    (float) product(u, i, u, i) - 2 * (float) product(u, i, v, j) + (float) product(v, j, v, j), 0);
        }

        private static double product(FloatArray u, int i, FloatArray v, int j) {
            double sum = 0;
            for (int e = 0; e < u.rowSize(); e++) {
                sum += (double) u.values()[i * u.rowSize() + e] * v.values()[j * u.rowSize() + e];
            }
            return sum;
        }

        private static FloatArray halves(FloatArray set) {
            FloatArray halves = FloatArray.zeros(set.shape());
            for (int i = 0; i < halves.values().length; i++) {
                halves.values()[i] = slow(set.values()[i]);
            }
            return halves;
        }

        private static float slow(float value) {
            return HalfPrecision.fromF16(HalfPrecision.toF16(value));
        }
    }
}
