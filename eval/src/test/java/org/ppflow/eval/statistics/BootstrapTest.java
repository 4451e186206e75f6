package org.ppflow.eval.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.ppflow.eval.rows.ArrayRows;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.progress.Progress;

class BootstrapTest {
    private static final BootstrapInterval.Options OPTIONS = new BootstrapInterval.Options(200, 0);

    @Test
    void weights_addUpToTheNumberOfSamples_andLeaveAThirdOut() {
        int[] weights = BootstrapInterval.weights(IntStream.range(0, 10_000).toArray(), OPTIONS, 0);

        assertThat(Arrays.stream(weights).sum()).isEqualTo(10_000);
        assertThat(Arrays.stream(weights).filter(w -> w == 0).count() / 10_000.0)
                .isEqualTo(Math.exp(-1), within(0.015));
        assertThat(BootstrapInterval.weights(IntStream.range(0, 10_000).toArray(), OPTIONS, 1))
                .isNotEqualTo(weights);
    }

    @Test
    void interval_isTheSpreadOfResamplesMovedToTheValue() {
        double[] resampled =
                IntStream.rangeClosed(0, 200).mapToDouble(i -> 50 + i).toArray();

        BootstrapInterval interval = BootstrapInterval.of(10, resampled);

        assertThat(interval.low()).isEqualTo(10 - 95, within(1e-12));
        assertThat(interval.high()).isEqualTo(10 + 95, within(1e-12));
    }

    /**
     * One feature of deviation σ about 5, against deviation 1 about 0: the distance is 25 + (σ − 1)², the mean moves it by
     * 10σ/√n.
     */
    @Test
    void frechetDistance_hasTheErrorOfItsMeanTerm() {
        FloatArray samples = RandomFeatures.normal(1, 2000, 1);
        for (int i = 0; i < 2000; i++) {
            samples.values()[i] += 5;
        }
        FeatureStatistics normal =
                new FeatureStatistics(FeatureStatistics.UNKNOWN_COUNT, new double[1], new double[] {1});

        try (FrechetReference reference = new FrechetReference(normal)) {
            BootstrapInterval interval =
                    FrechetBootstrap.of(reference, new ArrayRows(samples), keys(2000), OPTIONS, Progress.NONE);

            assertThat(interval.value()).isEqualTo(25, within(3 * 10 / Math.sqrt(2000)));
            assertThat(interval.standardError()).isCloseTo(10 / Math.sqrt(2000), Percentage.withPercentage(15));
            assertThat(interval.high() - interval.low())
                    .isCloseTo(2 * 1.96 * interval.standardError(), Percentage.withPercentage(15));
        }
    }

    /**
     * Sure predictions of two classes, a share p of one: the score is exp of the entropy H, which moves by H′(p)·√(p(1 − p)/n).
     */
    @Test
    void inceptionScore_hasTheErrorOfItsShares() {
        int count = 5000;
        FloatArray probabilities = FloatArray.zeros(count, 2);
        for (int i = 0; i < count; i++) {
            probabilities.values()[i * 2 + (i % 5 == 0 ? 0 : 1)] = 1;
        }
        double entropy = -0.2 * Math.log(0.2) - 0.8 * Math.log(0.8);
        double error = Math.exp(entropy) * Math.log(0.8 / 0.2) * Math.sqrt(0.2 * 0.8 / count);

        BootstrapInterval interval = InceptionScoreBootstrap.of(new ArrayRows(probabilities), keys(count), OPTIONS);

        assertThat(interval.value()).isEqualTo(Math.exp(entropy), within(1e-12));
        assertThat(interval.standardError()).isCloseTo(error, Percentage.withPercentage(15));
        assertThat(interval.low()).isLessThan(interval.value());
    }

    @Test
    void inceptionScore_ofEachResample_isThatOfItsRows() {
        FloatArray probabilities = softened(RandomFeatures.normal(1, 700, 6));
        BootstrapInterval.Options two = new BootstrapInterval.Options(2, 5);
        double[] scores = new double[2];
        for (int i = 0; i < 2; i++) {
            int[] weights = BootstrapInterval.weights(IntStream.range(0, 700).toArray(), two, i);
            int[] rows = IntStream.range(0, 700)
                    .flatMap(row -> IntStream.generate(() -> row).limit(weights[row]))
                    .toArray();
            scores[i] = InceptionScore.of(probabilities.rows(rows));
        }

        BootstrapInterval interval = InceptionScoreBootstrap.of(new ArrayRows(probabilities), keys(700), two);

        assertThat(interval.standardError()).isEqualTo(Math.abs(scores[0] - scores[1]) / Math.sqrt(2), within(1e-12));
    }

    @Test
    void rowsInAnotherOrder_giveTheSame() {
        FloatArray samples = softened(RandomFeatures.normal(3, 600, 4));
        long[] keys = LongStream.range(0, 600).map(i -> i * 7919 % 600).toArray();
        int[] backwards = IntStream.range(0, 600).map(i -> 599 - i).toArray();
        long[] keysBackwards = IntStream.of(backwards).mapToLong(i -> keys[i]).toArray();
        ArrayRows turned = new ArrayRows(samples.rows(backwards));
        FloatArray features = RandomFeatures.normal(5, 600, 4);

        assertThat(InceptionScoreBootstrap.of(turned, keysBackwards, OPTIONS).standardError())
                .isEqualTo(
                        InceptionScoreBootstrap.of(new ArrayRows(samples), keys, OPTIONS)
                                .standardError(),
                        within(1e-12));
        try (FrechetReference reference =
                new FrechetReference(RandomFeatures.statistics(RandomFeatures.normal(4, 500, 4)))) {
            assertThat(FrechetBootstrap.of(
                                    reference,
                                    new ArrayRows(features.rows(backwards)),
                                    keysBackwards,
                                    OPTIONS,
                                    Progress.NONE)
                            .standardError())
                    .isEqualTo(
                            FrechetBootstrap.of(reference, new ArrayRows(features), keys, OPTIONS, Progress.NONE)
                                    .standardError(),
                            within(1e-11));
        }
    }

    @Test
    void keysOfAnotherSet_areRefused() {
        assertThatThrownBy(() -> InceptionScoreBootstrap.of(new ArrayRows(FloatArray.zeros(3, 2)), keys(4), OPTIONS))
                .hasMessageContaining("3 rows and 4 keys");
        assertThatThrownBy(() -> new BootstrapInterval.Options(1, 0)).hasMessageContaining("at least 2");
    }

    private static long[] keys(int count) {
        return LongStream.range(0, count).toArray();
    }

    /** Rows as probabilities. */
    private static FloatArray softened(FloatArray logits) {
        int size = logits.rowSize();
        float[] values = logits.values().clone();
        for (int row = 0; row < logits.rows(); row++) {
            double sum = 0;
            for (int i = 0; i < size; i++) {
                sum += Math.exp(values[row * size + i]);
            }
            for (int i = 0; i < size; i++) {
                values[row * size + i] = (float) (Math.exp(values[row * size + i]) / sum);
            }
        }
        return new FloatArray(logits.shape(), values);
    }
}
