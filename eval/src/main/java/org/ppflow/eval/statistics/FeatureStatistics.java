package org.ppflow.eval.statistics;

/**
 * Mean and covariance of a set of features, in double.
 *
 * @param count number of rows
 * @param mean [D]
 * @param covariance [D, D] row-major, divisor count − 1 (numpy's {@code cov})
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record FeatureStatistics(long count, double[] mean, double[] covariance) {
    public FeatureStatistics {
        if (count < 2) {
            throw new IllegalArgumentException("count: " + count + " must be at least 2 for a covariance");
        }
        if (covariance.length != mean.length * mean.length) {
            throw new IllegalArgumentException(
                    "a covariance of " + covariance.length + " values for " + mean.length + " features");
        }
    }

    /** D. */
    public int size() {
        return mean.length;
    }
}
