package org.ppflow.eval.linear;

import java.nio.DoubleBuffer;
import java.util.Objects;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * A dense matrix of doubles, row by row, outside the Java heap; it belongs to a {@link MatrixSpace}. Java arrays are copied in
 * and out.
 *
 * <p>Symmetric and triangular matrices hold their numbers in the upper triangle; what stands below is neither read nor kept.
 */
public final class Matrix {
    private final int rows;
    private final int columns;
    private final DoublePointer memory;
    private final DoubleBuffer values;

    Matrix(int rows, int columns) {
        if (rows < 1 || columns < 1 || (long) rows * columns > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a matrix of " + rows + " x " + columns);
        }
        this.rows = rows;
        this.columns = columns;
        this.memory = new DoublePointer((long) rows * columns);
        Pointer.memset(memory, 0, (long) rows * columns * Double.BYTES);
        this.values = memory.asBuffer();
    }

    /** Number of rows. */
    public int rows() {
        return rows;
    }

    /** Number of columns. */
    public int columns() {
        return columns;
    }

    /** Replaces all numbers, given row by row. */
    public void set(double... rowMajor) {
        if (rowMajor.length != rows * columns) {
            throw new IllegalArgumentException(rowMajor.length + " numbers for " + this);
        }
        alive().put(0, rowMajor);
    }

    /** Replaces the first numbers of a row. */
    public void setRow(int row, double... numbers) {
        alive().put(start(row, numbers.length), numbers);
    }

    /** Copies the first numbers of a row into an array. */
    public void getRow(int row, double... target) {
        alive().get(start(row, target.length), target);
    }

    /** Replaces all numbers by those of a matrix of the same shape. */
    public void set(Matrix other) {
        if (other.rows != rows || other.columns != columns) {
            throw new IllegalArgumentException(other + " does not fit into " + this);
        }
        alive().put(0, other.alive(), 0, rows * columns);
    }

    /** A copy of all numbers, row by row. */
    public double[] toArray() {
        double[] copy = new double[rows * columns];
        alive().get(0, copy);
        return copy;
    }

    /** A copy of the diagonal. */
    public double[] diagonal() {
        double[] diagonal = new double[Math.min(rows, columns)];
        for (int i = 0; i < diagonal.length; i++) {
            diagonal[i] = alive().get(i * columns + i);
        }
        return diagonal;
    }

    /** Sets everything below the diagonal to 0. */
    public void clearBelowDiagonal() {
        double[] zeros = new double[columns];
        for (int row = 1; row < rows; row++) {
            alive().put(start(row, Math.min(row, columns)), zeros, 0, Math.min(row, columns));
        }
    }

    /** The memory, for native calls. */
    DoublePointer memory() {
        alive();
        return memory;
    }

    void free() {
        memory.deallocate();
        memory.setNull();
    }

    private int start(int row, int length) {
        Objects.checkIndex(row, rows);
        if (length > columns) {
            throw new IllegalArgumentException(length + " numbers for a row of " + this);
        }
        return row * columns;
    }

    /** The numbers; touching freed memory would end the process. */
    private DoubleBuffer alive() {
        if (memory.isNull()) {
            throw new IllegalStateException("the space of " + this + " is closed");
        }
        return values;
    }

    @Override
    public String toString() {
        return "Matrix[" + rows + ", " + columns + "]";
    }
}
