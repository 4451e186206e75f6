package org.ppflow.eval.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ppflow.nn.array.FloatArray;

class MomentAccumulatorTest {
    private static final FloatArray FEATURES = RandomFeatures.normal(1, 3000, 5);

    @Test
    void snapshot_isMeanAndCovarianceWithCountMinusOne() {
        FeatureStatistics statistics =
                RandomFeatures.statistics(new FloatArray(new int[] {3, 2}, new float[] {1, 2, 3, 6, 5, 1}));

        assertThat(statistics.count()).isEqualTo(3);
        assertThat(statistics.mean()).containsExactly(3, 3);
        assertThat(statistics.covariance()).containsExactly(new double[] {4, -1, -1, 7}, within(1e-15));
    }

    @Test
    void mergedShards_equalTheWhole_inAnyOrder() {
        FeatureStatistics whole = RandomFeatures.statistics(FEATURES);
        List<int[]> shards = List.of(new int[] {1700, 3000}, new int[] {0, 1}, new int[] {1, 1700}, new int[] {7, 7});

        MomentAccumulator merged = new MomentAccumulator(5);
        for (int[] shard : shards) {
            MomentAccumulator part = new MomentAccumulator(5);
            part.add(FEATURES.slice(shard[0], shard[1]));
            merged.merge(part);
        }

        assertThat(merged.count()).isEqualTo(3000);
        assertThat(merged.snapshot().mean()).containsExactly(whole.mean(), within(1e-15));
        assertThat(merged.snapshot().covariance()).containsExactly(whole.covariance(), within(1e-14));
    }

    @Test
    void meanFarFromZero_losesNoDigitsOfTheCovariance() {
        FloatArray far = FloatArray.zeros(3000, 5);
        FloatArray near = FloatArray.zeros(3000, 5);
        for (int i = 0; i < far.values().length; i++) {
            // Steps of 1/64 are exact beside 2^16 in fp32.
            near.values()[i] = Math.round(FEATURES.values()[i] * 64) / 64f;
            far.values()[i] = near.values()[i] + 65536;
        }

        assertThat(RandomFeatures.statistics(far).covariance())
                .containsExactly(RandomFeatures.statistics(near).covariance(), within(1e-13));
    }

    @Test
    void snapshot_doesNotChangeWhenMoreIsAdded() {
        MomentAccumulator moments = new MomentAccumulator(5);
        moments.add(FEATURES.slice(0, 10));
        FeatureStatistics early = moments.snapshot();
        double[] mean = early.mean().clone();

        moments.add(FEATURES.slice(10, 20));

        assertThat(early.mean()).containsExactly(mean);
        assertThat(early.count()).isEqualTo(10);
    }

    @Test
    void snapshot_needsTwoVectors() {
        MomentAccumulator moments = new MomentAccumulator(5);
        moments.add(FEATURES.slice(0, 1));

        assertThatThrownBy(moments::snapshot).hasMessageContaining("2 vectors or more, got 1");
    }
}
