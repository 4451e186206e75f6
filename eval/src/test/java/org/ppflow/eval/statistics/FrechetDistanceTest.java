package org.ppflow.eval.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ppflow.eval.rows.ArrayRows;
import org.ppflow.nn.array.FloatArray;

class FrechetDistanceTest {
    @Test
    void equalCovariances_giveSquaredMeanDistance() {
        FeatureStatistics a = RandomFeatures.statistics(RandomFeatures.normal(1, 200, 6));
        double[] mean = a.mean().clone();
        mean[0] += 3;
        mean[5] -= 4;

        assertThat(FrechetDistance.between(a, new FeatureStatistics(50, mean, a.covariance()))
                        .value())
                .isEqualTo(25, within(1e-12));
    }

    @Test
    void diagonalCovariances_giveSumOfSquaredDifferencesOfDeviations() {
        FeatureStatistics a = new FeatureStatistics(9, new double[2], new double[] {4, 0, 0, 9});
        FeatureStatistics b = new FeatureStatistics(9, new double[2], new double[] {1, 0, 0, 25});

        assertThat(FrechetDistance.between(a, b).value()).isEqualTo(1 + 4, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 20, 33, 200})
    void distanceToItself_isZeroWithinRounding_atFullRankAndBelow(int rows) {
        FeatureStatistics a = RandomFeatures.statistics(RandomFeatures.normal(rows, rows, 32));

        assertThat(FrechetDistance.between(a, a).value()).isEqualTo(0, within(1e-12 * a.trace()));
    }

    @Test
    void badlyScaledFeatures_loseNoDigits() {
        // Standard deviations from 1 to 1e-7: roots of eigenvalues alone would be off by 1e-8.
        FloatArray features = RandomFeatures.normal(4, 500, 8);
        for (int i = 0; i < features.values().length; i++) {
            features.values()[i] *= (float) Math.pow(10, -(i % 8));
        }
        FeatureStatistics a = RandomFeatures.statistics(features);

        assertThat(FrechetDistance.between(a, a).value()).isEqualTo(0, within(1e-14));
    }

    @Test
    void swappedSets_haveTheSameDistance() {
        FeatureStatistics a = RandomFeatures.statistics(RandomFeatures.normal(1, 200, 6));
        FeatureStatistics b = RandomFeatures.statistics(RandomFeatures.normal(2, 100, 6));

        assertThat(FrechetDistance.between(a, b).value())
                .isEqualTo(FrechetDistance.between(b, a).value(), within(1e-13))
                .isGreaterThan(0.01);
    }

    @Test
    void setsWithoutVariance_differByTheirMeansAlone() {
        FeatureStatistics a = new FeatureStatistics(9, new double[] {1, 1}, new double[4]);
        FeatureStatistics b = new FeatureStatistics(9, new double[] {1, 3}, new double[4]);

        assertThat(FrechetDistance.between(a, b).value()).isEqualTo(4);
    }

    @Test
    void warnings_nameTheSetAndTheRank() {
        FeatureStatistics few = RandomFeatures.statistics(RandomFeatures.normal(1, 8, 8));
        FeatureStatistics enough = RandomFeatures.statistics(RandomFeatures.normal(2, 9, 8));

        assertThat(FrechetDistance.between(enough, few).warnings("reference", "samples"))
                .singleElement()
                .asString()
                .startsWith("samples: 8 pictures are too few for 8 features");
        assertThat(FrechetDistance.between(enough, enough).warnings("reference", "samples"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"20, 20", "20, 200", "200, 20", "33, 33"})
    void fewVectorsAtHand_giveTheDistanceOfTheirProduct(int rowsOfA, int rowsOfB) {
        FloatArray a = RandomFeatures.normal(1, rowsOfA, 32);
        FloatArray b = RandomFeatures.normal(2, rowsOfB, 32);
        FeatureStatistics ofA = RandomFeatures.statistics(a);
        FeatureStatistics ofB = RandomFeatures.statistics(b);

        FrechetDistance distance = FrechetDistance.between(ofA, new ArrayRows(a), ofB, new ArrayRows(b));

        // Eigenvalues that are 0 carry noise of 1e-16 each into the covariance alone, and its root into the trace.
        assertThat(distance.value()).isEqualTo(FrechetDistance.between(ofA, ofB).value(), within(1e-9));
        assertThat(distance.warnings("a", "b")).hasSize((rowsOfA <= 32 ? 1 : 0) + (rowsOfB <= 32 ? 1 : 0));
        assertThat(FrechetDistance.between(ofA, new ArrayRows(a), ofA, new ArrayRows(a))
                        .value())
                .isEqualTo(0, within(1e-12 * ofA.trace()));
    }

    @Test
    void rowsOfAnotherSet_areRefused() {
        FloatArray a = RandomFeatures.normal(1, 20, 4);

        assertThatThrownBy(() -> new FrechetReference(
                        RandomFeatures.statistics(a), new ArrayRows(RandomFeatures.normal(1, 19, 4))))
                .hasMessageContaining("19 vectors of 4 are not those of");
    }

    @Test
    void oneReference_servesManySets() {
        FeatureStatistics a = RandomFeatures.statistics(RandomFeatures.normal(1, 100, 6));
        FeatureStatistics b = RandomFeatures.statistics(RandomFeatures.normal(2, 100, 6));
        FeatureStatistics singular = RandomFeatures.statistics(RandomFeatures.normal(3, 4, 6));

        try (FrechetReference reference = new FrechetReference(a)) {
            assertThat(reference.distanceTo(b)).isEqualTo(FrechetDistance.between(a, b));
            assertThat(reference.distanceTo(singular)).isEqualTo(FrechetDistance.between(a, singular));
            assertThat(reference.distanceTo(b)).isEqualTo(FrechetDistance.between(a, b));
        }
    }

    @Test
    void unknownCount_isNoReasonToWarnOfTooFewPictures() {
        FeatureStatistics known = RandomFeatures.statistics(RandomFeatures.normal(1, 100, 6));
        FeatureStatistics unknown =
                new FeatureStatistics(FeatureStatistics.UNKNOWN_COUNT, known.mean(), known.covariance());

        FrechetDistance distance = FrechetDistance.between(unknown, known);

        assertThat(distance.value()).isEqualTo(0, within(1e-12));
        assertThat(distance.first().singular()).isFalse();
        assertThat(distance.warnings("a", "b")).isEmpty();
    }

    @Test
    void rowsThatCountSeveralTimes_haveTheDistanceOfTheirCovariance_thoughNoneIsFormed() {
        FloatArray samples = RandomFeatures.normal(8, 12, 16);
        int[] weights = {0, 3, 1, 1, 0, 2, 1, 0, 1, 5, 1, 1};
        FeatureStatistics formed = WeightedRows.statistics(new ArrayRows(samples), weights);
        FloatArray few = RandomFeatures.normal(9, 10, 16);

        try (FrechetReference full = new FrechetReference(RandomFeatures.statistics(RandomFeatures.normal(7, 90, 16)));
                FrechetReference singular = new FrechetReference(RandomFeatures.statistics(few))) {
            for (FrechetReference reference : List.of(full, singular, full, singular)) {
                FrechetDistance thin = reference.distanceTo(new ArrayRows(samples), weights);
                FrechetDistance expected = reference.distanceTo(formed);

                assertThat(thin.value()).isEqualTo(expected.value(), within(1e-11));
                assertThat(thin.meanTerm()).isEqualTo(expected.meanTerm(), within(1e-13));
                assertThat(thin.second()).isEqualTo(expected.second());
            }
        }
    }
}
