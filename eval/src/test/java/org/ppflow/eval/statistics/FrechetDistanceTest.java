package org.ppflow.eval.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.weights.NpzFile;

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
    @ValueSource(strings = {"d8", "d64", "d256", "singular", "equal", "shifted", "dead_in_both"})
    void goldenFeatures_giveTheExactDistance(String name) throws IOException {
        try (NpzFile golden = Golden.open("frechet.npz")) {
            FeatureStatistics a = RandomFeatures.statistics(golden.floats(name + "_a"));
            FeatureStatistics b = RandomFeatures.statistics(golden.floats(name + "_b"));

            FrechetDistance distance = FrechetDistance.between(a, b);

            assertThat(a.covariance()).containsExactly(golden.doubles(name + "_sigma_a"), within(1e-12));
            assertThat(b.covariance()).containsExactly(golden.doubles(name + "_sigma_b"), within(1e-12));
            assertThat(distance.value()).isEqualTo(Golden.scalar(golden, name + "_fid_exact"), within(1e-10));
            // The reference has fp32 means, and for singular input noise of its own.
            assertThat(distance.value()).isEqualTo(Golden.scalar(golden, name + "_fid"), within(1e-6));
        }
    }

    /** The features stored for {@code dead_column} are those of {@code dead_in_both}; its moments are its own. */
    @ParameterizedTest
    @CsvSource({
        "d8, 40, 33, 0",
        "d64, 1000, 700, 0",
        "d256, 1100, 1024, 0",
        "singular, 40, 50, 2",
        "equal, 300, 300, 0",
        "shifted, 300, 300, 0",
        "dead_column, 200, 150, 1",
        "dead_in_both, 200, 150, 2",
        "rule, 50000, 10000, 0"
    })
    void goldenMoments_giveTraceOfRootAndWarnings(String name, int aCount, int bCount, int warnings)
            throws IOException {
        try (NpzFile golden = Golden.open("frechet.npz")) {
            FrechetDistance distance = FrechetDistance.between(
                    new FeatureStatistics(aCount, golden.doubles(name + "_mu_a"), golden.doubles(name + "_sigma_a")),
                    new FeatureStatistics(bCount, golden.doubles(name + "_mu_b"), golden.doubles(name + "_sigma_b")));

            double root = Golden.scalar(golden, name + "_trace_root");
            assertThat(distance.traceOfRoot()).isEqualTo(root, within(1e-12 * root));
            assertThat(distance.value()).isEqualTo(Golden.scalar(golden, name + "_fid_same_mu_fp64"), within(1e-10));
            assertThat(distance.warnings("reference", "samples")).hasSize(warnings);
        }
    }

    @Test
    void goldenFeaturesByRule_giveTheExactDistance() throws IOException {
        FloatArray a = rule(50_000, 2, 3, 7919, 1, 31, 0, 0);
        FloatArray b = rule(10_000, 2, 5, 104729, 3, 17, 11, 1 / 16.0);
        try (NpzFile golden = Golden.open("frechet.npz")) {
            assertThat(a.slice(0, 3)).isEqualTo(golden.floats("rule_first_a"));
            assertThat(b.slice(0, 3)).isEqualTo(golden.floats("rule_first_b"));
            assertThat(FrechetDistance.between(RandomFeatures.statistics(a), RandomFeatures.statistics(b))
                            .value())
                    .isEqualTo(Golden.scalar(golden, "rule_fid_exact"), within(1e-9));
        }
    }

    /** Column j of row i: ((i²(p·j + q) + i(r + s·j) + u·j + v) mod 65521)/65536·(1 + j/4) + j·shift. */
    private static FloatArray rule(int rows, long p, long q, long r, long s, long u, long v, double shift) {
        FloatArray features = FloatArray.zeros(rows, 16);
        for (long i = 0; i < rows; i++) {
            for (int j = 0; j < 16; j++) {
                long mixed = (i * i * (p * j + q) + i * (r + s * j) + u * j + v) % 65521;
                features.values()[(int) i * 16 + j] = (float) (mixed / 65536.0 * (1 + j / 4.0) + j * shift);
            }
        }
        return features;
    }
}
