package org.ppflow.eval.statistics;

import java.util.Arrays;
import java.util.Optional;
import org.ppflow.eval.linear.Matrix;
import org.ppflow.eval.linear.MatrixSpace;
import org.ppflow.eval.rows.FeatureRows;

/**
 * Mean and covariance of no more vectors than features, without the F × F matrix: a thin factor of the covariance is made of
 * the vectors themselves, so nothing of the small directions is lost.
 *
 * @param count how many vectors, each as often as it counts
 * @param mean [F]
 * @param trace of the covariance
 * @param factor of the covariance, one row for each vector that counts; its rank is taken to be one less, the most it can be
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ThinStatistics(long count, double[] mean, double trace, CovarianceFactor factor) {
    /** Whether there are no more vectors that count than features. */
    static boolean fits(FeatureRows rows, int... weights) {
        return Arrays.stream(weights).filter(weight -> weight > 0).count() <= rows.size();
    }

    /** Statistics of all rows, 2 or more. */
    static ThinStatistics of(MatrixSpace space, FeatureRows rows) {
        int[] once = new int[rows.count()];
        Arrays.fill(once, 1);
        return of(space, rows, once);
    }

    /**
     * Statistics of rows of which each counts a number of times. Rows that count are read twice. Memory: the factor, in the
     * space.
     *
     * @param weights how often each row counts, 0 or more; together at least 2
     */
    static ThinStatistics of(MatrixSpace space, FeatureRows rows, int... weights) {
        int size = rows.size();
        float[] values = new float[size];
        double[] mean = new double[size];
        long count = 0;
        int distinct = 0;
        for (int row = 0; row < weights.length; row++) {
            if (weights[row] > 0) {
                rows.read(row, 1, values, 0);
                for (int i = 0; i < size; i++) {
                    mean[i] += (double) weights[row] * values[i];
                }
                count += weights[row];
                distinct++;
            }
        }
        if (count < 2) {
            throw new IllegalArgumentException("a covariance needs 2 vectors or more, got " + count);
        }
        for (int i = 0; i < size; i++) {
            mean[i] /= count;
        }
        Matrix factor = space.zeros(distinct, size);
        double[] centred = new double[size];
        double trace = 0;
        int place = 0;
        for (int row = 0; row < weights.length; row++) {
            if (weights[row] > 0) {
                rows.read(row, 1, values, 0);
                double root = Math.sqrt(weights[row] / (count - 1.0));
                for (int i = 0; i < size; i++) {
                    centred[i] = (values[i] - mean[i]) * root;
                    trace += centred[i] * centred[i];
                }
                factor.setRow(place++, centred);
            }
        }
        return new ThinStatistics(
                count, mean, trace, new CovarianceFactor(Optional.of(factor), Math.min(distinct - 1, size)));
    }
}
