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

    /**
     * The factor of a singular matrix. Where few directions have variance (rank up to F/2), Cholesky's with pivots, r·F² work;
     * else {@link #eigen}, twenty times as long at 2048 features.
     */
    static CovarianceFactor singular(MatrixSpace space, double[] covariance, int size) {
        return pivoted(space, covariance, size).orElseGet(() -> eigen(space, covariance, size));
    }

    /**
     * Cholesky's factor with pivots. It ends where every variance that is left is within rounding of the largest one, which is
     * earlier in no direction than where {@link #eigen} cuts off. Empty where more than half of the directions have variance,
     * or where what is left is not that small: negative, of numbers that are no covariance.
     */
    static Optional<CovarianceFactor> pivoted(MatrixSpace space, double[] covariance, int size) {
        double[] left = new double[size];
        for (int i = 0; i < size; i++) {
            left[i] = covariance[i * size + i];
        }
        double cutOff = 4 * EPSILON * size * Arrays.stream(left).max().orElse(0);
        try (MatrixSpace working = new MatrixSpace()) {
            Matrix upper = working.copyOf(covariance, size, size);
            Lapack.PivotedFactor found = Lapack.pivotedCholesky(upper, cutOff);
            int rank = found.rank();
            if (rank > size / 2) {
                return Optional.empty();
            }
            double[][] rows = new double[rank][size];
            double[] row = new double[size];
            for (int k = 0; k < rank; k++) {
                upper.getRow(k, row);
                for (int j = k; j < size; j++) {
                    int feature = found.order()[j];
                    rows[k][feature] = row[j];
                    left[feature] -= row[j] * row[j];
                }
            }
            if (Arrays.stream(left).anyMatch(variance -> Math.abs(variance) > 2 * cutOff)) {
                return Optional.empty();
            }
            if (rank == 0) {
                return Optional.of(new CovarianceFactor(Optional.empty(), 0));
            }
            Matrix factor = space.zeros(rank, size);
            for (int k = 0; k < rank; k++) {
                factor.setRow(k, rows[k]);
            }
            return Optional.of(new CovarianceFactor(Optional.of(factor), rank));
        }
    }

    /** Eigenvectors times roots of eigenvalues; those within rounding of 0 are left out. */
    static CovarianceFactor eigen(MatrixSpace space, double[] covariance, int size) {
        try (MatrixSpace working = new MatrixSpace()) {
            Matrix vectors = working.copyOf(covariance, size, size);
            double[] values = Lapack.symmetricEigenvectors(vectors);
            double cutOff =
                    4 * EPSILON * size * Math.max(0, Arrays.stream(values).max().orElse(0));
            int[] kept =
                    IntStream.range(0, size).filter(i -> values[i] > cutOff).toArray();
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
    }

    /** The vectors themselves, 2 or more and not many more than features: see {@link ThinStatistics}. */
    static CovarianceFactor rows(MatrixSpace space, FeatureRows rows) {
        return ThinStatistics.of(space, rows).factor();
    }
}
