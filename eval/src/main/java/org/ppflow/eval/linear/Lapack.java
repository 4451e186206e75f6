package org.ppflow.eval.linear;

import static org.bytedeco.openblas.global.openblas.LAPACK_COL_MAJOR;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.openblas.global.openblas;

/**
 * Factors, eigenvalues and singular values. Matrices given are overwritten; LAPACK takes its workspace from native memory and
 * gives it back before a method returns.
 *
 * <p>LAPACK reads column by column, so it sees each of our matrices transposed and our upper triangle as its lower one. Nothing
 * is copied for that.
 */
public final class Lapack {
    private static final byte OUR_UPPER = 'L';
    private static final byte VALUES = 'N';
    private static final byte VECTORS = 'V';

    /** Of dsygst: LᵀAL, L being its lower triangle. */
    private static final int CONGRUENCE = 2;

    static {
        OpenBlas.load();
    }

    private Lapack() {}

    /**
     * Replaces a symmetric A by the upper triangular R with A = RᵀR (dpotrf). Workspace: none.
     *
     * @return false where A is not positive definite; it is spoiled then
     */
    public static boolean cholesky(Matrix a) {
        int size = square(a);
        int info = NativeCalls.info(() -> openblas.LAPACKE_dpotrf(LAPACK_COL_MAJOR, OUR_UPPER, size, a.memory(), size));
        requireLegal("dpotrf", info);
        return info == 0;
    }

    /**
     * How a pivoted factor is to be read.
     *
     * @param rank how many rows of it count
     * @param order column j of the factor is column order[j] of the matrix
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record PivotedFactor(int rank, int[] order) {}

    /**
     * Replaces a symmetric A by R with PᵀAP ≈ RᵀR, the largest variance that is left coming first (dpstrf): the first rows of
     * R, upper triangular, which count; what stands in others is of no use. Workspace: two rows.
     *
     * @param cutOff it ends where no number on the diagonal that is left is larger
     */
    public static PivotedFactor pivotedCholesky(Matrix a, double cutOff) {
        int size = square(a);
        try (IntPointer order = new IntPointer((long) size);
                IntPointer rank = new IntPointer(1L)) {
            requireLegal(
                    "dpstrf",
                    NativeCalls.info(() -> openblas.LAPACKE_dpstrf(
                            LAPACK_COL_MAJOR, OUR_UPPER, size, a.memory(), size, order, rank, cutOff)));
            int[] places = new int[size];
            order.get(places);
            for (int i = 0; i < size; i++) {
                places[i]--; // LAPACK counts from 1
            }
            return new PivotedFactor(rank.get(), places);
        }
    }

    /**
     * Replaces a symmetric A by RARᵀ, at half the work of two products (dsygst). Workspace: none.
     *
     * @param a symmetric
     * @param r upper triangular, of the same size
     */
    public static void congruence(Matrix a, Matrix r) {
        int size = square(a);
        Blas.requireShape(r, size, size);
        requireDone(
                "dsygst",
                NativeCalls.info(() -> openblas.LAPACKE_dsygst(
                        LAPACK_COL_MAJOR, CONGRUENCE, OUR_UPPER, size, a.memory(), size, r.memory(), size)));
    }

    /** Eigenvalues of a symmetric matrix, rising (dsyevd). Workspace: some rows. */
    public static double[] symmetricEigenvalues(Matrix a) {
        return symmetricEigen(a, VALUES);
    }

    /**
     * Eigenvalues of a symmetric matrix, rising; row i of the matrix becomes the unit eigenvector of value i (dsyevd).
     * Workspace: twice the matrix.
     */
    public static double[] symmetricEigenvectors(Matrix a) {
        return symmetricEigen(a, VECTORS);
    }

    /** Singular values of any matrix, falling, as many as its shorter side (dgesdd). Workspace: some rows. */
    public static double[] singularValues(Matrix a) {
        int count = Math.min(a.rows(), a.columns());
        try (DoublePointer values = new DoublePointer((long) count);
                DoublePointer none = new DoublePointer(1L)) {
            requireDone(
                    "dgesdd",
                    NativeCalls.info(() -> openblas.LAPACKE_dgesdd(
                            LAPACK_COL_MAJOR,
                            VALUES,
                            a.columns(),
                            a.rows(),
                            a.memory(),
                            a.columns(),
                            values,
                            none,
                            1,
                            none,
                            1)));
            return copy(values, count);
        }
    }

    private static double[] symmetricEigen(Matrix a, byte job) {
        int size = square(a);
        try (DoublePointer values = new DoublePointer((long) size)) {
            requireDone(
                    "dsyevd",
                    NativeCalls.info(() ->
                            openblas.LAPACKE_dsyevd(LAPACK_COL_MAJOR, job, OUR_UPPER, size, a.memory(), size, values)));
            return copy(values, size);
        }
    }

    private static double[] copy(DoublePointer values, int count) {
        double[] copy = new double[count];
        values.get(copy);
        return copy;
    }

    private static int square(Matrix a) {
        Blas.requireShape(a, a.rows(), a.rows());
        return a.rows();
    }

    private static void requireDone(String routine, int info) {
        requireLegal(routine, info);
        if (info > 0) {
            throw new IllegalStateException(routine + " did not converge, info " + info);
        }
    }

    /** A negative number names an argument that LAPACK refuses: NaN in a matrix, or no memory for its workspace (−1010). */
    private static void requireLegal(String routine, int info) {
        if (info < 0) {
            throw new IllegalStateException(
                    routine + " refuses its argument " + -info + ": a matrix with NaN, or no memory for its workspace");
        }
    }
}
