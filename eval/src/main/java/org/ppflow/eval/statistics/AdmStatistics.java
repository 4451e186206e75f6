package org.ppflow.eval.statistics;

import java.util.Arrays;
import org.ppflow.eval.rows.FeatureRows;

/**
 * Statistics of features as ADM's evaluator keeps them: the mean in fp32 from a sequential sum, or in whatever precision a file
 * of ready statistics has; the covariance in fp64 about an fp64 mean of its own. The arrays are not copied.
 *
 * @param count number of vectors, at least 2; or {@link FeatureStatistics#UNKNOWN_COUNT}
 * @param mean [F]
 * @param singlePrecision whether the mean is an fp32 one, which decides how means are compared
 * @param covariance [F, F] row by row, divided by count − 1
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record AdmStatistics(long count, double[] mean, boolean singlePrecision, double[] covariance) {
    public AdmStatistics {
        FeatureStatistics unused = new FeatureStatistics(count, mean, covariance);
        if (singlePrecision && Arrays.stream(mean).anyMatch(value -> (float) value != value)) {
            throw new IllegalArgumentException(
                    "a mean in single precision with values that fp32 does not have: " + unused);
        }
    }

    /**
     * Statistics of all rows, read twice from first to last: their order matters. Memory: that of one
     * {@link MomentAccumulator}.
     */
    public static AdmStatistics of(FeatureRows rows) {
        SequentialMean mean = new SequentialMean(rows.size());
        mean.add(rows);
        return of(mean, FeatureStatistics.of(rows));
    }

    /**
     * From one pass that kept both.
     *
     * @param mean of the vectors in the order of their file
     * @param moments of the same vectors; their mean is not used
     */
    public static AdmStatistics of(SequentialMean mean, FeatureStatistics moments) {
        if (mean.count() != moments.count()) {
            throw new IllegalArgumentException("a mean of " + mean.count() + " vectors and " + moments);
        }
        float[] values = mean.mean();
        double[] widened = new double[values.length];
        Arrays.setAll(widened, i -> values[i]);
        return new AdmStatistics(moments.count(), widened, true, moments.covariance());
    }

    /** The same numbers without their precision. */
    public FeatureStatistics statistics() {
        return new FeatureStatistics(count, mean, covariance);
    }

    @Override
    public String toString() {
        return "AdmStatistics, " + statistics();
    }
}
