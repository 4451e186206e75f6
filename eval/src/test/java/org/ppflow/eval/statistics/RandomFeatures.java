package org.ppflow.eval.statistics;

import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;

/** Features made up from a seed. */
final class RandomFeatures {
    private RandomFeatures() {}

    /** Standard normals. */
    static FloatArray normal(long seed, int rows, int size) {
        FloatArray features = FloatArray.zeros(rows, size);
        RandomStream.of(seed, Purpose.TEST, 0).fillGaussian(features.values(), 0, rows * size);
        return features;
    }

    static FeatureStatistics statistics(FloatArray features) {
        MomentAccumulator moments = new MomentAccumulator(features.rowSize());
        moments.add(features);
        return moments.snapshot();
    }
}
