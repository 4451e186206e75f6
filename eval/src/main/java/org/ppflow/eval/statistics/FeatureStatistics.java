package org.ppflow.eval.statistics;

/**
 * Mean and covariance of feature vectors, a snapshot. The arrays are not copied.
 *
 * @param count number of vectors, at least 2
 * @param mean [F]
 * @param covariance [F, F] row by row, divided by count − 1
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record FeatureStatistics(long count, double[] mean, double[] covariance) {
    public FeatureStatistics {
        if (count < 2) {
            throw new IllegalArgumentException("a covariance needs 2 vectors or more, got " + count);
        }
        if (covariance.length != (long) mean.length * mean.length) {
            throw new IllegalArgumentException(
                    "a mean of " + mean.length + " values and a covariance of " + covariance.length);
        }
    }

    /** Number of features F. */
    public int size() {
        return mean.length;
    }

    /** Sum of all variances. */
    public double trace() {
        double trace = 0;
        for (int i = 0; i < size(); i++) {
            trace += covariance[i * size() + i];
        }
        return trace;
    }

    @Override
    public String toString() {
        return "FeatureStatistics of " + count + " vectors of " + size();
    }
}
