package org.ppflow.eval.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.ppflow.eval.rows.ArrayRows;
import org.ppflow.nn.array.FloatArray;

class KernelDistanceTest {
    private static final KernelDistance.Options SMALL = new KernelDistance.Options(50, 100, 0);

    @Test
    void oneSubsetOfAll_isTheDefinition() {
        FloatArray x = RandomFeatures.normal(1, 20, 3);
        FloatArray y = RandomFeatures.normal(2, 20, 3);
        double expected = 0;
        for (int i = 0; i < 20; i++) {
            for (int j = 0; j < 20; j++) {
                if (i != j) {
                    expected += (kernel(x, i, x, j) + kernel(y, i, y, j)) / (20 * 19);
                }
                expected -= 2 * kernel(x, i, y, j) / (20 * 20);
            }
        }

        KernelDistance distance = between(x, y, new KernelDistance.Options(3, 20, 0));

        assertThat(distance.mean()).isEqualTo(expected, within(1e-12));
        assertThat(distance.standardDeviation()).isEqualTo(0, within(1e-12));
        assertThat(distance.standardError()).isEmpty();
    }

    @Test
    void equalDistributions_areZeroWithinThreeStandardErrors() {
        KernelDistance distance =
                between(RandomFeatures.normal(1, 2000, 16), RandomFeatures.normal(2, 2000, 16), SMALL);

        assertThat(distance.standardError().orElseThrow()).isBetween(1e-4, 0.05);
        assertThat(distance.mean())
                .isEqualTo(0, within(3 * distance.standardError().orElseThrow()));
    }

    /** For normals about m and 0: mean of (x·y/F + 1)³ in closed form, F = 1: E[xy] etc. by moments. */
    @Test
    void shiftedNormals_haveTheExpectedDistance() {
        FloatArray x = RandomFeatures.normal(1, 4000, 1);
        FloatArray y = RandomFeatures.normal(2, 4000, 1);
        for (int i = 0; i < 4000; i++) {
            y.values()[i] += 1;
        }
        // Σ over powers of binomial(3, k)·(m_k − m'_k)², moments of N(0, 1): 0, 1, 0; of N(1, 1): 1, 2, 4.
        double expected = 3 * 1 + 3 * 1 + 16;

        KernelDistance distance = between(x, y, SMALL);

        assertThat(distance.mean())
                .isEqualTo(expected, within(3 * distance.standardError().orElseThrow()));
    }

    @Test
    void rowsInAnotherOrder_giveTheSameDistance() {
        FloatArray x = RandomFeatures.normal(1, 500, 8);
        FloatArray y = RandomFeatures.normal(2, 400, 8);
        long[] keys = LongStream.range(0, 400).map(i -> i * 7919 % 400).toArray();
        int[] backwards = IntStream.range(0, 400).map(i -> 399 - i).toArray();
        long[] keysBackwards = IntStream.of(backwards).mapToLong(i -> keys[i]).toArray();

        KernelDistance one = KernelDistance.between(new ArrayRows(x), keys(500), new ArrayRows(y), keys, SMALL);
        KernelDistance other = KernelDistance.between(
                new ArrayRows(x), keys(500), new ArrayRows(y.rows(backwards)), keysBackwards, SMALL);

        assertThat(other.mean()).isEqualTo(one.mean(), within(1e-12));
        assertThat(other.standardDeviation()).isEqualTo(one.standardDeviation(), within(1e-12));
    }

    @Test
    void subsetsOfMoreThanASetHas_areRefused_andFittingOnesAreSmaller() {
        FloatArray x = RandomFeatures.normal(1, 50, 2);

        assertThatThrownBy(() -> between(x, x, SMALL)).hasMessageContaining("subsets of 100 pictures of a set of 50");
        assertThat(KernelDistance.Options.fitting(5000, 50)).isEqualTo(new KernelDistance.Options(100, 25, 0));
        assertThat(KernelDistance.Options.fitting(5000, 1001)).isEqualTo(KernelDistance.Options.USUAL);
    }

    private static KernelDistance between(FloatArray x, FloatArray y, KernelDistance.Options options) {
        return KernelDistance.between(new ArrayRows(x), keys(x.rows()), new ArrayRows(y), keys(y.rows()), options);
    }

    private static long[] keys(int count) {
        return LongStream.range(0, count).toArray();
    }

    private static double kernel(FloatArray x, int i, FloatArray y, int j) {
        double product = 0;
        for (int k = 0; k < x.rowSize(); k++) {
            product += (double) x.values()[i * x.rowSize() + k] * y.values()[j * x.rowSize() + k];
        }
        return Math.pow(product / x.rowSize() + 1, 3);
    }
}
