package org.ppflow.eval.statistics;

import org.ppflow.nn.array.FloatArray;

/**
 * Gathers mean and covariance of features, in double, batch by batch; two accumulators merge to what one over both would hold
 * (Chan, Golub and LeVeque 1979). Memory: 8·D² bytes, whatever the number of rows.
 */
public final class MomentAccumulator {
    private final int size;
    private long count;
    private final double[] mean;
    /** Σ (x − mean)(x − mean)ᵀ, upper triangle only. */
    private final double[] scatter;

    /** An empty one for D features. */
    public MomentAccumulator(int size) {
        this.size = size;
        this.mean = new double[size];
        this.scatter = new double[size * size];
    }

    /** Adds the rows of [n, D]. */
    public void add(FloatArray features) {
        if (features.rowSize() != size) {
            throw new IllegalArgumentException(features + " does not have " + size + " features a row");
        }
        if (features.rows() == 0) {
            return;
        }
        MomentAccumulator batch = new MomentAccumulator(size);
        batch.count = features.rows();
        float[] values = features.values();
        for (int row = 0; row < features.rows(); row++) {
            for (int i = 0; i < size; i++) {
                batch.mean[i] += values[row * size + i];
            }
        }
        for (int i = 0; i < size; i++) {
            batch.mean[i] /= features.rows();
        }
        double[] centred = new double[size];
        for (int row = 0; row < features.rows(); row++) {
            for (int i = 0; i < size; i++) {
                centred[i] = values[row * size + i] - batch.mean[i];
            }
            for (int i = 0; i < size; i++) {
                for (int j = i; j < size; j++) {
                    batch.scatter[i * size + j] += centred[i] * centred[j];
                }
            }
        }
        merge(batch);
    }

    /** Adds what another one gathered. */
    public void merge(MomentAccumulator other) {
        if (other.size != size) {
            throw new IllegalArgumentException(other.size + " features cannot be merged with " + size);
        }
        if (other.count == 0) {
            return;
        }
        long total = count + other.count;
        double share = (double) other.count / total;
        double weight = (double) count * share;
        double[] difference = new double[size];
        for (int i = 0; i < size; i++) {
            difference[i] = other.mean[i] - mean[i];
        }
        for (int i = 0; i < size; i++) {
            for (int j = i; j < size; j++) {
                scatter[i * size + j] += other.scatter[i * size + j] + difference[i] * difference[j] * weight;
            }
            mean[i] += difference[i] * share;
        }
        count = total;
    }

    /** What was gathered so far; needs two rows. */
    public FeatureStatistics statistics() {
        double[] covariance = new double[size * size];
        for (int i = 0; i < size; i++) {
            for (int j = i; j < size; j++) {
                double value = scatter[i * size + j] / (count - 1);
                covariance[i * size + j] = value;
                covariance[j * size + i] = value;
            }
        }
        return new FeatureStatistics(count, mean.clone(), covariance);
    }
}
