package org.ppflow.eval.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ppflow.eval.rows.ArrayRows;
import org.ppflow.nn.array.FloatArray;

class FeatureRowsMomentsTest {
    private static final FloatArray FEATURES = RandomFeatures.normal(1, 5000, 7);
    private static final FeatureStatistics WHOLE = FeatureStatistics.of(new ArrayRows(FEATURES));

    @Test
    void covariance_isThatOfTheDefinition() {
        double[] expected = new double[49];
        for (int i = 0; i < 7; i++) {
            for (int j = 0; j < 7; j++) {
                double sum = 0;
                for (int row = 0; row < 5000; row++) {
                    sum += (FEATURES.values()[row * 7 + i] - WHOLE.mean()[i])
                            * (FEATURES.values()[row * 7 + j] - WHOLE.mean()[j]);
                }
                expected[i * 7 + j] = sum / 4999;
            }
        }

        assertThat(WHOLE.covariance()).containsExactly(expected, within(1e-14));
    }

    @Test
    void batches_doNotMatterAtAll() {
        MomentAccumulator moments = new MomentAccumulator(7);
        int[] ends = {1, 64, 65, 2047, 2048, 2049, 4100, 5000};
        int from = 0;
        for (int end : ends) {
            moments.add(FEATURES.slice(from, end));
            from = end;
        }

        assertThat(moments.snapshot().covariance()).containsExactly(WHOLE.covariance());
        assertThat(moments.snapshot().mean()).containsExactly(WHOLE.mean());
    }

    @Test
    void momentsOfShards_mergeInAnyOrder_alsoEmptyOnesAndThoseOfOneRow() {
        int[] ends = {0, 1, 1, 700, 2900, 5000};
        List<Moments> shards = new ArrayList<>();
        for (int i = 1; i < ends.length; i++) {
            MomentAccumulator part = new MomentAccumulator(7);
            part.add(FEATURES.slice(ends[i - 1], ends[i]));
            shards.add(part.moments());
        }
        for (int turn = 0; turn < shards.size(); turn++) {
            Collections.rotate(shards, 1);
            MomentAccumulator merged = new MomentAccumulator(7);
            shards.forEach(merged::merge);

            assertThat(merged.count()).isEqualTo(5000);
            assertThat(merged.snapshot().mean()).containsExactly(WHOLE.mean(), within(1e-15));
            assertThat(merged.snapshot().covariance()).containsExactly(WHOLE.covariance(), within(1e-14));
        }
    }

    @Test
    void mergingPartOfABlock_leavesTheOtherAsItWas() {
        MomentAccumulator first = new MomentAccumulator(7);
        MomentAccumulator second = new MomentAccumulator(7);
        first.add(FEATURES.slice(0, 100));
        second.add(FEATURES.slice(100, 300));

        first.merge(second);
        second.add(FEATURES.slice(300, 301));

        assertThat(first.count()).isEqualTo(300);
        assertThat(second.count()).isEqualTo(201);
        assertThat(first.snapshot().covariance())
                .containsExactly(
                        RandomFeatures.statistics(FEATURES.slice(0, 300)).covariance(), within(1e-14));
    }

    @Test
    void rowsInAnotherOrder_changeTheDistanceByRoundingOnly() {
        FloatArray backwards =
                FEATURES.rows(IntStream.range(0, 5000).map(i -> 4999 - i).toArray());
        FeatureStatistics other = RandomFeatures.statistics(RandomFeatures.normal(2, 900, 7));

        assertThat(FrechetDistance.between(other, FeatureStatistics.of(new ArrayRows(backwards)))
                        .value())
                .isEqualTo(FrechetDistance.between(other, WHOLE).value(), within(1e-12));
    }

    @Test
    void weights_countARowSeveralTimes() {
        int[] weights = IntStream.range(0, 5000).map(i -> i % 3).toArray();
        int[] repeated = IntStream.range(0, 5000)
                .flatMap(i -> IntStream.generate(() -> i).limit(weights[i]))
                .toArray();

        FeatureStatistics weighted = WeightedRows.statistics(new ArrayRows(FEATURES), weights);
        FeatureStatistics expected = RandomFeatures.statistics(FEATURES.rows(repeated));

        assertThat(weighted.count()).isEqualTo(expected.count());
        assertThat(weighted.mean()).containsExactly(expected.mean(), within(1e-14));
        assertThat(weighted.covariance()).containsExactly(expected.covariance(), within(1e-14));
    }

    @Test
    void statisticsThatCannotBe_areRefused() {
        assertThatThrownBy(() -> new FeatureStatistics(5, new double[] {Double.NaN}, new double[1]))
                .hasMessageContaining("mean 0 is NaN");
        assertThatThrownBy(
                        () -> new FeatureStatistics(5, new double[2], new double[] {1, 0, Double.POSITIVE_INFINITY, 1}))
                .hasMessageContaining("covariance 2 is Infinity");
        assertThatThrownBy(() -> new FeatureStatistics(5, new double[1], new double[] {-1}))
                .hasMessageContaining("variance -1.0 of feature 0");
        assertThatThrownBy(() -> {
                    MomentAccumulator moments = new MomentAccumulator(7);
                    moments.merge(moments);
                })
                .hasMessageContaining("not with themselves");
    }

    @Test
    void sequentialMean_addsRowAfterRowInSinglePrecision() {
        // 2^24 + 1 is not an fp32 number: each 1 after it is lost, and none before it.
        SequentialMean lost = new SequentialMean(1);
        lost.add(new FloatArray(new int[] {3, 1}, new float[] {0x1p24f, 1, 1}));
        SequentialMean kept = new SequentialMean(1);
        kept.add(new ArrayRows(new FloatArray(new int[] {3, 1}, new float[] {1, 1, 0x1p24f})));

        assertThat(lost.mean()).containsExactly(0x1p24f / 3);
        assertThat(kept.mean()).containsExactly((0x1p24f + 2) / 3);
    }

    @Test
    void admStatistics_rejectAMeanThatFp32CannotHold_andAnotherSetsMean() {
        assertThatThrownBy(() -> new AdmStatistics(5, new double[] {0.1}, true, new double[1]))
                .hasMessageContaining("fp32");
        SequentialMean mean = new SequentialMean(7);
        mean.add(FEATURES.slice(0, 10));
        assertThatThrownBy(() -> AdmStatistics.of(mean, WHOLE)).hasMessageContaining("10 vectors");
    }

    @Test
    void admMeanTerm_isSinglePrecisionOnlyWhereBothMeansAre() {
        // (1/3 in fp32)² is no fp32 number.
        double third = 1 / 3f;
        AdmStatistics zero = new AdmStatistics(9, new double[1], true, new double[] {1});
        AdmStatistics single = new AdmStatistics(9, new double[] {third}, true, new double[] {1});
        AdmStatistics ready = new AdmStatistics(9, new double[] {third}, false, new double[] {1});

        assertThat(AdmFrechet.between(zero, single).meanTerm()).isEqualTo((float) (third * third));
        assertThat(AdmFrechet.between(zero, ready).meanTerm()).isEqualTo(third * third);
    }
}
