package org.ppflow.eval.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ppflow.eval.rows.ArrayRows;
import org.ppflow.eval.statistics.FrechetInfinity.Point;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.progress.Progress;

class FrechetInfinityTest {
    private static final int SIZE = 32;

    /** N(0, I) itself, not a sample of it. */
    private static final FeatureStatistics NORMAL =
            new FeatureStatistics(FeatureStatistics.UNKNOWN_COUNT, new double[SIZE], identity());

    @Test
    void pointsOnALine_giveItsValueAtZero() {
        List<Point> points = IntStream.of(100, 200, 300, 400, 500)
                .mapToObj(n -> new Point(n, 3 + 70.0 / n))
                .toList();

        FrechetInfinity fit = FrechetInfinity.line(points);

        assertThat(fit.value()).isEqualTo(3, within(1e-12));
        assertThat(fit.slope()).isEqualTo(70, within(1e-9));
        assertThat(fit.high() - fit.low()).isEqualTo(0, within(1e-9));
    }

    /** Anscombe's first set, of which the regression is printed everywhere: y = 3.0001 + 0.5001·x, error of 3.0001: 1.1247. */
    @Test
    void line_hasTheErrorOfTheIntercept() {
        double[] x = {10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5};
        double[] y = {8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68};
        int common = 360360;
        List<Point> points = IntStream.range(0, 11)
                .mapToObj(i -> new Point((int) (common / x[i]), y[i]))
                .toList();

        FrechetInfinity fit = FrechetInfinity.line(points);

        assertThat(fit.value()).isEqualTo(3.0001, within(1e-4));
        assertThat(fit.slope() / common).isEqualTo(0.5001, within(1e-4));
        assertThat(fit.standardError()).isEqualTo(1.1247, within(1e-4));
        // t of 9 degrees of freedom.
        assertThat(fit.high() - fit.value()).isEqualTo(2.262157 * 1.1247, within(1e-3));
    }

    @ParameterizedTest
    @CsvSource({"3, 3.182446, 4e-3", "5, 2.570582, 3e-4", "13, 2.160369, 1e-5", "100, 1.983972, 1e-6"})
    void studentQuantile_isThatOfTables(int freedom, double expected, double tolerance) {
        assertThat(StudentQuantile.twoSided95(freedom)).isEqualTo(expected, within(tolerance));
    }

    @Test
    void twoNormals_haveTheirOwnDistance_thoughFewSamplesOverstateIt() {
        FloatArray samples = RandomFeatures.normal(3, 8000, SIZE);
        for (int row = 0; row < samples.rows(); row++) {
            samples.values()[row * SIZE] += 0.5f;
        }

        try (FrechetReference reference = new FrechetReference(NORMAL)) {
            FrechetInfinity fit = FrechetInfinity.of(
                    reference,
                    new ArrayRows(samples),
                    keys(8000),
                    new FrechetInfinity.Options(15, 400, 0),
                    Progress.NONE);
            double plain = reference
                    .distanceTo(FeatureStatistics.of(new ArrayRows(samples)))
                    .value();

            // The bias of all samples, F(F + 1)/4N plus F/N of the mean, is 0.037; sampling moves the mean's term by
            // 2·0.5/√8000.
            assertThat(plain - fit.value()).isEqualTo((SIZE * (SIZE + 1) / 4.0 + SIZE) / 8000, within(0.01));
            assertThat(fit.value()).isEqualTo(0.25, within(0.03));
            assertThat(fit.points().get(0).distance()).isGreaterThan(0.8);
            assertThat(fit.points())
                    .last()
                    .satisfies(point -> assertThat(point.distance()).isEqualTo(plain, within(1e-12)));
            assertThat(fit.low()).isLessThan(fit.value());
            assertThat(fit.high() - fit.low()).isLessThan(0.05);
        }
    }

    @Test
    void rowsInAnotherOrder_giveTheSame() {
        FloatArray samples = RandomFeatures.normal(3, 600, 4);
        long[] keys = LongStream.range(0, 600).map(i -> i * 7919 % 600).toArray();
        int[] backwards = IntStream.range(0, 600).map(i -> 599 - i).toArray();
        long[] keysBackwards = IntStream.of(backwards).mapToLong(i -> keys[i]).toArray();
        FrechetInfinity.Options options = new FrechetInfinity.Options(5, 100, 1);

        try (FrechetReference reference =
                new FrechetReference(RandomFeatures.statistics(RandomFeatures.normal(4, 500, 4)))) {
            FrechetInfinity one = FrechetInfinity.of(reference, new ArrayRows(samples), keys, options, Progress.NONE);
            FrechetInfinity other = FrechetInfinity.of(
                    reference, new ArrayRows(samples.rows(backwards)), keysBackwards, options, Progress.NONE);

            assertThat(other.value()).isEqualTo(one.value(), within(1e-11));
            assertThat(other.standardError()).isEqualTo(one.standardError(), within(1e-11));
        }
    }

    @Test
    void pointsOfFewerSamplesThanFeatures_areWarnedOf() {
        FrechetInfinity fit = FrechetInfinity.line(IntStream.of(100, 200, 300, 400, 500)
                .mapToObj(n -> new Point(n, 3 + 70.0 / n))
                .toList());

        assertThat(fit.warnings("samples", 99)).isEmpty();
        assertThat(fit.warnings("samples", 100))
                .singleElement()
                .asString()
                .startsWith("samples: distances from 100 samples of 100 features on are no line")
                .endsWith("more than 200");
    }

    @Test
    void fewSamples_takeFittingPoints_andTooFewAreRefused() {
        assertThat(FrechetInfinity.Options.fitting(50_000)).isEqualTo(FrechetInfinity.Options.USUAL);
        assertThat(FrechetInfinity.Options.fitting(500).fewest()).isEqualTo(250);
        try (FrechetReference reference = new FrechetReference(NORMAL)) {
            assertThatThrownBy(() -> FrechetInfinity.of(
                            reference,
                            new ArrayRows(FloatArray.zeros(50, SIZE)),
                            keys(50),
                            FrechetInfinity.Options.USUAL,
                            Progress.NONE))
                    .hasMessageContaining("50 rows");
        }
    }

    private static long[] keys(int count) {
        return LongStream.range(0, count).toArray();
    }

    private static double[] identity() {
        double[] identity = new double[SIZE * SIZE];
        for (int i = 0; i < SIZE; i++) {
            identity[i * SIZE + i] = 1;
        }
        return identity;
    }
}
