package org.ppflow.eval.statistics;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ppflow.eval.linear.Lapack;
import org.ppflow.eval.linear.Matrix;
import org.ppflow.eval.linear.MatrixSpace;
import org.ppflow.eval.rows.FeatureRows;

/**
 * A matrix A with Σ = AᵀA.
 *
 * @param matrix A, (r, F); empty where Σ = 0
 * @param rank of Σ, at most r
 */
record CovarianceFactor(Optional<Matrix> matrix, int rank) {
    private static final double EPSILON = Math.ulp(1.0);

    /**
     * Cholesky's factor. Empty where Σ is singular within rounding: where a pivot, as share of its feature's variance, is of
     * the size of the rounding of Σ, so that scales of features do not matter.
     */
    static Optional<CovarianceFactor> cholesky(MatrixSpace space, double[] covariance, int size) {
        Matrix matrix = space.copyOf(covariance, size, size);
        if (!Lapack.cholesky(matrix)) {
            return Optional.empty();
        }
        double[] pivots = matrix.diagonal();
        for (int i = 0; i < size; i++) {
            if (pivots[i] * pivots[i] <= 4 * EPSILON * size * covariance[i * size + i]) {
                return Optional.empty();
            }
        }
        matrix.clearBelowDiagonal();
        return Optional.of(new CovarianceFactor(Optional.of(matrix), size));
    }

    /** Eigenvectors times roots of eigenvalues; those within rounding of 0 are left out. */
    static CovarianceFactor eigen(MatrixSpace space, double[] covariance, int size) {
        Matrix vectors = space.copyOf(covariance, size, size);
        double[] values = Lapack.symmetricEigenvectors(vectors);
        double cutOff =
                4 * EPSILON * size * Math.max(0, Arrays.stream(values).max().orElse(0));
        int[] kept = IntStream.range(0, size).filter(i -> values[i] > cutOff).toArray();
        if (kept.length == 0) {
            return new CovarianceFactor(Optional.empty(), 0);
        }
        Matrix factor = space.zeros(kept.length, size);
        double[] vector = new double[size];
        for (int row = 0; row < kept.length; row++) {
            vectors.getRow(kept[row], vector);
            double root = Math.sqrt(values[kept[row]]);
            for (int i = 0; i < size; i++) {
                vector[i] *= root;
            }
            factor.setRow(row, vector);
        }
        return new CovarianceFactor(Optional.of(factor), kept.length);
    }

    /**
     * The vectors themselves, centred and divided by √(n − 1): no covariance is formed, so nothing of the small directions is
     * lost. Its rank is taken to be n − 1, the most it can be.
     *
     * @param rows 2 or more, and not many more than features
     */
    static CovarianceFactor rows(MatrixSpace space, FeatureRows rows) {
        int size = rows.size();
        float[] values = new float[size];
        double[] mean = new double[size];
        for (int row = 0; row < rows.count(); row++) {
            rows.read(row, 1, values, 0);
            for (int i = 0; i < size; i++) {
                mean[i] += values[i];
            }
        }
        for (int i = 0; i < size; i++) {
            mean[i] /= rows.count();
        }
        Matrix factor = space.zeros(rows.count(), size);
        double root = Math.sqrt(rows.count() - 1.0);
        double[] centred = new double[size];
        for (int row = 0; row < rows.count(); row++) {
            rows.read(row, 1, values, 0);
            for (int i = 0; i < size; i++) {
                centred[i] = (values[i] - mean[i]) / root;
            }
            factor.setRow(row, centred);
        }
        return new CovarianceFactor(Optional.of(factor), Math.min(rows.count() - 1, size));
    }
}
