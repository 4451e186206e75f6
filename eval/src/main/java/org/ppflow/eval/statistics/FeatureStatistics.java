package org.ppflow.eval.statistics;

import org.ppflow.eval.rows.FeatureRows;

/**
 * Mean and covariance of feature vectors, a snapshot. The arrays are not copied.
 *
 * @param count number of vectors, at least 2; or {@link #UNKNOWN_COUNT}
 * @param mean [F]
 * @param covariance [F, F] row by row, divided by count − 1
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record FeatureStatistics(long count, double[] mean, double[] covariance) {
    /** Where the number of vectors is not known: files of ready statistics do not hold it. */
    public static final long UNKNOWN_COUNT = 0;

    public FeatureStatistics {
        if (count < 2 && count != UNKNOWN_COUNT) {
            throw new IllegalArgumentException("a covariance needs 2 vectors or more, got " + count);
        }
        if (covariance.length != (long) mean.length * mean.length) {
            throw new IllegalArgumentException(
                    "a mean of " + mean.length + " values and a covariance of " + covariance.length);
        }
        for (int i = 0; i < mean.length; i++) {
            requireFinite(mean[i], "mean", i);
            if (covariance[i * mean.length + i] < 0) {
                throw new IllegalArgumentException(
                        "variance " + covariance[i * mean.length + i] + " of feature " + i + ", expected 0 or more");
            }
        }
        for (int i = 0; i < covariance.length; i++) {
            requireFinite(covariance[i], "covariance", i);
        }
    }

    /**
     * Statistics of all rows, read once from first to last. Memory: that of one {@link MomentAccumulator}.
     *
     * @param rows 2 or more
     */
    public static FeatureStatistics of(FeatureRows rows) {
        MomentAccumulator moments = new MomentAccumulator(rows.size());
        moments.add(rows);
        return moments.snapshot();
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

    private static void requireFinite(double value, String what, int place) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(what + " " + place + " is " + value + ", expected a finite number");
        }
    }

    @Override
    public String toString() {
        return "FeatureStatistics of " + (count == UNKNOWN_COUNT ? "an unknown number of" : count) + " vectors of "
                + size();
    }
}
