package org.ppflow.eval.statistics;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * The trace of √(Σ₁Σ₂), with the numerical rank of both.
 *
 * <p>At full rank: the sum of √λ over the eigenvalues λ of LᵀΣ₂L with Σ₁ = LLᵀ, which are those of Σ₁Σ₂. Rounding moves every λ by about
 * ε·λ_max, which a root turns into √ε for the smallest; where that would show, the trace is taken as the sum of singular
 * values of S₁ᵀS₂ with Σ = SSᵀ from an eigen-decomposition instead: slower, and exact for singular input too, since no root
 * is taken of a difference.
 *
 * @param trace tr √(Σ₁Σ₂)
 * @param firstRank rank of Σ₁
 * @param secondRank rank of Σ₂
 */
record CovarianceRoot(double trace, int firstRank, int secondRank) {
    /** Relative error of the trace that the fast way may have, by its own estimate. */
    private static final double FAST_TOLERANCE = 1e-11;

    private static final double EPSILON = Math.ulp(1.0);

    static CovarianceRoot of(double[] first, double[] second, int size) {
        return atFullRank(first, second, size).orElseGet(() -> atAnyRank(first, second, size));
    }

    /** Empty where a matrix is not positive definite or the result would be less exact than wanted. */
    static Optional<CovarianceRoot> atFullRank(double[] first, double[] second, int size) {
        CholeskyDecomposition_F64<DMatrixRMaj> cholesky = DecompositionFactory_DDRM.chol(size, true);
        // Decomposition overwrites its input.
        if (!cholesky.decompose(matrix(first.clone(), size))) {
            return Optional.empty();
        }
        DMatrixRMaj lower = cholesky.getT(null);
        DMatrixRMaj product = new DMatrixRMaj(size, size);
        DMatrixRMaj symmetric = new DMatrixRMaj(size, size);
        CommonOps_DDRM.mult(matrix(second, size), lower, product);
        CommonOps_DDRM.multTransA(lower, product, symmetric);
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(size, false, true);
        if (!eigen.decompose(symmetric)) {
            return Optional.empty();
        }
        double[] values = new double[size];
        Arrays.setAll(values, i -> eigen.getEigenvalue(i).getReal());
        double noise = EPSILON * Arrays.stream(values).max().orElse(0);
        double trace = 0;
        double error = 0;
        for (double value : values) {
            if (value <= noise) {
                return Optional.empty();
            }
            double root = Math.sqrt(value);
            trace += root;
            error += noise / (2 * root);
        }
        return error <= FAST_TOLERANCE * trace ? Optional.of(new CovarianceRoot(trace, size, size)) : Optional.empty();
    }

    /** The nuclear norm of S₁ᵀS₂. */
    static CovarianceRoot atAnyRank(double[] first, double[] second, int size) {
        DMatrixRMaj firstFactor = factor(first, size);
        DMatrixRMaj secondFactor = factor(second, size);
        int firstRank = firstFactor.numCols;
        int secondRank = secondFactor.numCols;
        if (firstRank == 0 || secondRank == 0) {
            return new CovarianceRoot(0, firstRank, secondRank);
        }
        // (r1, F)·(F, r2) -> (r1, r2)
        DMatrixRMaj product = new DMatrixRMaj(firstRank, secondRank);
        CommonOps_DDRM.multTransA(firstFactor, secondFactor, product);
        SingularValueDecomposition_F64<DMatrixRMaj> singular =
                DecompositionFactory_DDRM.svd(firstRank, secondRank, false, false, true);
        if (!singular.decompose(product)) {
            throw new IllegalStateException("no singular values of a matrix of " + firstRank + " x " + secondRank);
        }
        double trace = Arrays.stream(singular.getSingularValues(), 0, singular.numberOfSingularValues())
                .sum();
        return new CovarianceRoot(trace, firstRank, secondRank);
    }

    /** S with Σ = SSᵀ, (F, rank): eigenvectors times roots of eigenvalues; those within rounding of 0 are left out. */
    private static DMatrixRMaj factor(double[] covariance, int size) {
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(size, true, true);
        if (!eigen.decompose(matrix(covariance.clone(), size))) {
            throw new IllegalStateException("no eigenvalues of a covariance of " + size + " features");
        }
        double[] values = new double[size];
        Arrays.setAll(values, i -> eigen.getEigenvalue(i).getReal());
        double cutOff = 4 * EPSILON * size * Arrays.stream(values).max().orElse(0);
        int[] kept = IntStream.range(0, size).filter(i -> values[i] > cutOff).toArray();
        DMatrixRMaj factor = new DMatrixRMaj(size, kept.length);
        for (int column = 0; column < kept.length; column++) {
            DMatrixRMaj vector = eigen.getEigenVector(kept[column]);
            double root = Math.sqrt(values[kept[column]]);
            for (int row = 0; row < size; row++) {
                factor.set(row, column, vector.get(row) * root);
            }
        }
        return factor;
    }

    private static DMatrixRMaj matrix(double[] values, int size) {
        return DMatrixRMaj.wrap(size, size, values);
    }
}
