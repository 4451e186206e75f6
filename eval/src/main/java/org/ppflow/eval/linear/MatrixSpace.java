package org.ppflow.eval.linear;

import java.util.ArrayList;
import java.util.List;

/**
 * The owner of matrices, which live outside the Java heap: closing it frees them all.
 *
 * <pre>{@code
 * try (MatrixSpace space = new MatrixSpace()) {
 *     Matrix matrix = space.copyOf(covariance, size, size);
 *     ...
 * }
 * }</pre>
 *
 * <p>Memory: 8 bytes an element of each matrix until the space is closed. Not safe for use by two threads at a time.
 */
public final class MatrixSpace implements AutoCloseable {
    private final List<Matrix> matrices = new ArrayList<>();

    /** An empty space. */
    public MatrixSpace() {
        OpenBlas.load();
    }

    /**
     * A matrix of zeros.
     *
     * @param rows at least 1
     * @param columns at least 1
     */
    public Matrix zeros(int rows, int columns) {
        Matrix matrix = new Matrix(rows, columns);
        matrices.add(matrix);
        return matrix;
    }

    /** A matrix of these values, row by row. */
    public Matrix copyOf(double[] values, int rows, int columns) {
        Matrix matrix = zeros(rows, columns);
        matrix.set(values);
        return matrix;
    }

    /** Frees every matrix of this space. */
    @Override
    public void close() {
        matrices.forEach(Matrix::free);
        matrices.clear();
    }
}
