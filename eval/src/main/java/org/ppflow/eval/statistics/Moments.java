package org.ppflow.eval.statistics;

/**
 * All that is kept of vectors to join their statistics with those of others: what shards and workers exchange, and what a pass
 * that was stopped goes on from. The arrays are not copied.
 *
 * @param count number of vectors, 0 or more
 * @param mean [F]
 * @param scatter [F, F] row by row, Σ (x − x̄)(x − x̄)ᵀ; only the upper triangle is read
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Moments(long count, double[] mean, double[] scatter) {
    public Moments {
        if (count < 0) {
            throw new IllegalArgumentException("moments of " + count + " vectors");
        }
        if (scatter.length != (long) mean.length * mean.length) {
            throw new IllegalArgumentException(
                    "a mean of " + mean.length + " values and a scatter of " + scatter.length);
        }
    }

    /** Number of features F. */
    public int size() {
        return mean.length;
    }

    /** Mean and covariance; there are at least two vectors. */
    public FeatureStatistics statistics() {
        if (count < 2) {
            throw new IllegalStateException("a covariance needs 2 vectors or more, got " + count);
        }
        int size = size();
        double[] covariance = new double[scatter.length];
        for (int i = 0; i < size; i++) {
            for (int j = i; j < size; j++) {
                double value = scatter[i * size + j] / (count - 1);
                covariance[i * size + j] = value;
                covariance[j * size + i] = value;
            }
        }
        return new FeatureStatistics(count, mean.clone(), covariance);
    }

    @Override
    public String toString() {
        return "Moments of " + count + " vectors of " + size();
    }
}
