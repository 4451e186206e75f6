package org.ppflow.eval.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.ppflow.eval.reference.StoredMoments;
import org.ppflow.eval.statistics.FeatureStatistics;
import org.ppflow.eval.statistics.FrechetDistance;
import org.ppflow.eval.statistics.FrechetReference;

class FactoredStatisticsTest {
    private static final StoredMoments MOMENTS =
            new StoredMoments(new double[] {1, 2}, new double[] {2, 1, 1, 3}, true);
    private static final StoredMoments OTHERS = new StoredMoments(new double[] {0, 2}, new double[] {1, 0, 0, 3}, true);
    private static final FeatureStatistics SAMPLES =
            new FeatureStatistics(9, new double[] {3, 1}, new double[] {1, 0, 0, 1});

    @Test
    void statisticsAskedForTwice_areFactoredOnce_andOthersAnew() {
        try (FactoredStatistics factored = new FactoredStatistics()) {
            FrechetReference first = factored.of(MOMENTS);

            assertThat(factored.of(MOMENTS)).isSameAs(first);
            assertThat(factored.of(OTHERS)).isNotSameAs(first);
            assertThat(first.distanceTo(SAMPLES))
                    .isEqualTo(FrechetDistance.between(
                            new FeatureStatistics(
                                    FeatureStatistics.UNKNOWN_COUNT, MOMENTS.mean(), MOMENTS.covariance()),
                            SAMPLES));
        }
    }

    @Test
    void closing_freesEveryReference() {
        FrechetReference reference;
        try (FactoredStatistics factored = new FactoredStatistics()) {
            reference = factored.of(MOMENTS);
        }

        assertThatThrownBy(() -> reference.distanceTo(SAMPLES)).isInstanceOf(IllegalStateException.class);
    }
}
