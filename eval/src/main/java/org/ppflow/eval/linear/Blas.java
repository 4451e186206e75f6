package org.ppflow.eval.linear;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.CblasUpper;

import org.bytedeco.openblas.global.openblas;

/** Products. Each uses all of {@link OpenBlas#threads} and, beside its operands, buffers of a few megabytes a thread. */
public final class Blas {
    static {
        OpenBlas.load();
    }

    private Blas() {}

    /** Whether an operand is taken as it is or transposed. */
    public enum Form {
        /** As it is. */
        PLAIN(CblasNoTrans),
        /** Transposed. */
        TRANSPOSED(CblasTrans);

        private final int code;

        Form(int code) {
            this.code = code;
        }
    }

    /**
     * AᵀA of the first rows of A, half the work of a general product (dsyrk).
     *
     * @param a (N, F)
     * @param rows how many rows of A count, from 1 to N
     * @param target (F, F), symmetric; replaced
     */
    public static void gramOfColumns(Matrix a, int rows, Matrix target) {
        requireShape(target, a.columns(), a.columns());
        if (rows < 1 || rows > a.rows()) {
            throw new IllegalArgumentException(rows + " rows of " + a);
        }
        NativeCalls.run(() -> openblas.cblas_dsyrk(
                CblasRowMajor,
                CblasUpper,
                CblasTrans,
                a.columns(),
                rows,
                1,
                a.memory(),
                a.columns(),
                0,
                target.memory(),
                target.columns()));
    }

    /**
     * AAᵀ, half the work of a general product (dsyrk).
     *
     * @param a (N, F)
     * @param target (N, N), symmetric; replaced
     */
    public static void gramOfRows(Matrix a, Matrix target) {
        requireShape(target, a.rows(), a.rows());
        NativeCalls.run(() -> openblas.cblas_dsyrk(
                CblasRowMajor,
                CblasUpper,
                CblasNoTrans,
                a.rows(),
                a.columns(),
                1,
                a.memory(),
                a.columns(),
                0,
                target.memory(),
                target.columns()));
    }

    /**
     * C = A·B + βC, each of A and B as it is or transposed (dgemm).
     *
     * @param beta 0 to replace C, 1 to add to it
     */
    public static void multiply(Matrix a, Form formOfA, Matrix b, Form formOfB, double beta, Matrix c) {
        int inner = formOfA == Form.PLAIN ? a.columns() : a.rows();
        int innerOfB = formOfB == Form.PLAIN ? b.rows() : b.columns();
        if (inner != innerOfB) {
            throw new IllegalArgumentException(a + " " + formOfA + " and " + b + " " + formOfB + " have no product");
        }
        requireShape(c, formOfA == Form.PLAIN ? a.rows() : a.columns(), formOfB == Form.PLAIN ? b.columns() : b.rows());
        NativeCalls.run(() -> openblas.cblas_dgemm(
                CblasRowMajor,
                formOfA.code,
                formOfB.code,
                c.rows(),
                c.columns(),
                inner,
                1,
                a.memory(),
                a.columns(),
                b.memory(),
                b.columns(),
                beta,
                c.memory(),
                c.columns()));
    }

    /** Σ xᵢyᵢ in fp32, in the order in which OpenBLAS adds (sdot): the processor's kernel decides the last bit. */
    public static float dot(float[] x, float[] y) {
        if (x.length != y.length) {
            throw new IllegalArgumentException("vectors of " + x.length + " and " + y.length + " numbers");
        }
        return NativeCalls.result(() -> openblas.cblas_sdot(x.length, x, 1, y, 1));
    }

    static void requireShape(Matrix matrix, int rows, int columns) {
        if (matrix.rows() != rows || matrix.columns() != columns) {
            throw new IllegalArgumentException(matrix + ", expected " + rows + " x " + columns);
        }
    }
}
