package org.ppflow.eval.statistics;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.ppflow.eval.linear.Blas;
import org.ppflow.eval.linear.Blas.Form;
import org.ppflow.eval.linear.Lapack;
import org.ppflow.eval.linear.Matrix;
import org.ppflow.eval.linear.MatrixSpace;

/**
 * The trace of √(Σ₁Σ₂), with the numerical rank of both.
 *
 * @param trace tr √(Σ₁Σ₂)
 * @param firstRank rank of Σ₁
 * @param secondRank rank of Σ₂
 */
record CovarianceRoot(double trace, int firstRank, int secondRank) {
    /** Relative error of the trace that the fast way may have, by its own estimate. */
    private static final double FAST_TOLERANCE = 1e-10;

    private static final double EPSILON = Math.ulp(1.0);

    /**
     * At full rank: the sum of √λ over the eigenvalues λ of RΣ₂Rᵀ with Σ₁ = RᵀR, which are those of Σ₁Σ₂. Rounding moves every
     * λ by about ε·λ_max, which a root turns into √ε for the smallest: empty where that would show.
     *
     * @param upper R
     * @param second Σ₂, (F, F); overwritten
     */
    static OptionalDouble fast(Matrix upper, Matrix second) {
        Lapack.congruence(second, upper);
        double[] values = Lapack.symmetricEigenvalues(second);
        double trace = 0;
        double[] roots = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            roots[i] = Math.sqrt(Math.max(0, values[i]));
            trace += roots[i];
        }
        return isExact(roots) ? OptionalDouble.of(trace) : OptionalDouble.empty();
    }

    /**
     * Whether it is no use trying {@link #fast}: what diagonals of both factors say of the roots is milder than the truth.
     *
     * @param first R₁, Cholesky's factor
     * @param second R₂
     */
    static boolean isTooSteep(Matrix first, Matrix second) {
        double[] roots = first.diagonal();
        double[] others = second.diagonal();
        for (int i = 0; i < roots.length; i++) {
            roots[i] *= others[i];
        }
        return !isExact(roots);
    }

    /** Whether noise of ε·λ_max in every λ = root², all of one sign, would leave the sum of roots as exact as wanted. */
    private static boolean isExact(double... roots) {
        double largest = Arrays.stream(roots).max().orElse(0);
        double noise = EPSILON * largest * largest;
        double trace = 0;
        double error = 0;
        for (double root : roots) {
            if (root * root <= noise) {
                return false;
            }
            trace += root;
            error += noise / (2 * root);
        }
        return error <= FAST_TOLERANCE * trace;
    }

    /**
     * The sum of singular values of A₁A₂ᵀ with Σ = AᵀA: two to five times slower, and as exact as the factors for singular
     * input too, since no root is taken of a difference.
     */
    static CovarianceRoot ofFactors(MatrixSpace space, CovarianceFactor first, CovarianceFactor second) {
        if (first.matrix().isEmpty() || second.matrix().isEmpty()) {
            return new CovarianceRoot(0, first.rank(), second.rank());
        }
        Matrix a = first.matrix().get();
        Matrix b = second.matrix().get();
        // (r1, F)·(F, r2) -> (r1, r2)
        Matrix product = space.zeros(a.rows(), b.rows());
        Blas.multiply(a, Form.PLAIN, b, Form.TRANSPOSED, 0, product);
        double trace = Arrays.stream(Lapack.singularValues(product)).sum();
        return new CovarianceRoot(trace, first.rank(), second.rank());
    }
}
