package org.ppflow.eval.reference;

/**
 * Mean and covariance of features, as a file holds them. The arrays are not copied.
 *
 * @param mean [F]
 * @param covariance [F, F] row by row
 * @param singleMean whether the mean is stored in float32: ADM takes |μ₁ − μ₂|² in float32 when both means are so, in float64 otherwise
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StoredMoments(double[] mean, double[] covariance, boolean singleMean) {
    public StoredMoments {
        if (mean.length == 0 || covariance.length != (long) mean.length * mean.length) {
            throw new IllegalArgumentException(
                    "a mean of " + mean.length + " values and a covariance of " + covariance.length);
        }
    }

    /** Number of features F. */
    public int size() {
        return mean.length;
    }

    @Override
    public String toString() {
        return "StoredMoments of " + size() + " features";
    }
}
