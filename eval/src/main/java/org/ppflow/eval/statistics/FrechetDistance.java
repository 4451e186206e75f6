package org.ppflow.eval.statistics;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Fréchet distance between two Gaussians (Heusel et al. 2017): |μ₁ − μ₂|² + tr Σ₁ + tr Σ₂ − 2·tr √(Σ₁Σ₂).
 *
 * <p>The trace of the root is Σ √λ over the eigenvalues of the symmetric matrix RᵀΣ₂R with Σ₁ = RRᵀ, which are those of Σ₁Σ₂. R comes
 * from an eigen-decomposition of Σ₁, which also holds where Σ₁ is singular, as it is with fewer pictures than features.
 *
 * @param value the distance; not clamped, so that equal sets show their rounding error
 * @param singular whether a covariance has no full rank: digits beyond about 1e-7 of the traces mean nothing then
 */
public record FrechetDistance(double value, boolean singular) {
    /** Eigenvalues below this share of the largest are rounding noise. */
    private static final double RANK_TOLERANCE = 1e-12;

    /** Distance between two sets. */
    public static FrechetDistance between(FeatureStatistics a, FeatureStatistics b) {
        if (a.size() != b.size()) {
            throw new IllegalArgumentException(
                    "features of size " + a.size() + " and " + b.size() + " have no distance");
        }
        int size = a.size();
        double squared = 0;
        double traces = 0;
        for (int i = 0; i < size; i++) {
            double difference = a.mean()[i] - b.mean()[i];
            squared += difference * difference;
            traces += a.covariance()[i * size + i] + b.covariance()[i * size + i];
        }
        DMatrixRMaj root = root(a);
        DMatrixRMaj second = new DMatrixRMaj(size, size, true, b.covariance());
        DMatrixRMaj half = new DMatrixRMaj(size, size);
        DMatrixRMaj product = new DMatrixRMaj(size, size);
        CommonOps_DDRM.mult(second, root, half);
        CommonOps_DDRM.multTransA(root, half, product);
        // Rounding leaves the product a little unsymmetric, which the symmetric solver must not see.
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                double mean = (product.get(i, j) + product.get(j, i)) / 2;
                product.set(i, j, mean);
                product.set(j, i, mean);
            }
        }
        double[] eigenvalues = decompose(product, false).values();
        double traceOfRoot = 0;
        double largest = 0;
        double smallest = Double.POSITIVE_INFINITY;
        for (double eigenvalue : eigenvalues) {
            traceOfRoot += Math.sqrt(Math.max(0, eigenvalue));
            largest = Math.max(largest, eigenvalue);
            smallest = Math.min(smallest, eigenvalue);
        }
        boolean few = Math.min(a.count(), b.count()) <= size;
        return new FrechetDistance(squared + traces - 2 * traceOfRoot, few || !(smallest > RANK_TOLERANCE * largest));
    }

    /** R with RRᵀ = Σ: eigenvectors times roots of eigenvalues, negative rounding noise taken as 0. */
    private static DMatrixRMaj root(FeatureStatistics statistics) {
        int size = statistics.size();
        Decomposition eigen = decompose(new DMatrixRMaj(size, size, true, statistics.covariance()), true);
        DMatrixRMaj root = new DMatrixRMaj(size, size);
        for (int column = 0; column < size; column++) {
            double factor = Math.sqrt(Math.max(0, eigen.values()[column]));
            for (int row = 0; row < size; row++) {
                root.set(row, column, factor * eigen.vectors().get(row, column));
            }
        }
        return root;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Decomposition(double[] values, DMatrixRMaj vectors) {}

    private static Decomposition decompose(DMatrixRMaj symmetric, boolean vectors) {
        int size = symmetric.getNumRows();
        EigenDecomposition_F64<DMatrixRMaj> solver = DecompositionFactory_DDRM.eig(size, vectors, true);
        if (!solver.decompose(symmetric.copy())) {
            throw new ArithmeticException("the eigenvalues of a " + size + "x" + size + " covariance did not converge");
        }
        double[] values = new double[size];
        DMatrixRMaj columns = new DMatrixRMaj(vectors ? size : 0, vectors ? size : 0);
        for (int i = 0; i < size; i++) {
            values[i] = solver.getEigenvalue(i).getReal();
            if (vectors) {
                CommonOps_DDRM.insert(solver.getEigenVector(i), columns, 0, i);
            }
        }
        return new Decomposition(values, columns);
    }
}
