package org.ppflow.nn.array;

import java.util.Arrays;
import java.util.Objects;

/**
 * Float32 values with a shape, row-major, on the Java heap. The values are not copied: whoever hands them over does not
 * change them afterwards unless both sides know.
 *
 * @param shape axis lengths, each at least 0; empty for a scalar
 * @param values as many as the shape's product
 */
@SuppressWarnings("ArrayRecordComponent") // equals, hashCode and toString below treat the arrays by content
public record FloatArray(int[] shape, float[] values) {
    public FloatArray {
        Objects.requireNonNull(shape);
        Objects.requireNonNull(values);
        if (size(shape) != values.length) {
            throw new IllegalArgumentException(
                    "shape " + Arrays.toString(shape) + " needs " + size(shape) + " values, got " + values.length);
        }
    }

    /** All zeros. */
    public static FloatArray zeros(int... shape) {
        return new FloatArray(shape, new float[Math.toIntExact(size(shape))]);
    }

    /** One axis holding these values. */
    public static FloatArray vector(float... values) {
        return new FloatArray(new int[] {values.length}, values);
    }

    /** Product of axis lengths; 1 for a scalar. */
    public static long size(int... shape) {
        long size = 1;
        for (int length : shape) {
            if (length < 0) {
                throw new IllegalArgumentException("axis length " + length + " in " + Arrays.toString(shape));
            }
            size = Math.multiplyExact(size, (long) length);
        }
        return size;
    }

    /** Length of the first axis. */
    public int rows() {
        return shape[0];
    }

    /** Number of values in one row of the first axis. */
    public int rowSize() {
        return Math.toIntExact(size(Arrays.copyOfRange(shape, 1, shape.length)));
    }

    /** A copy of chosen rows of the first axis, in the order in which they are named. */
    public FloatArray rows(int... chosen) {
        int size = rowSize();
        float[] gathered = new float[chosen.length * size];
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(values, chosen[i] * size, gathered, i * size, size);
        }
        int[] lengths = shape.clone();
        lengths[0] = chosen.length;
        return new FloatArray(lengths, gathered);
    }

    /** A copy of rows [from, to) of the first axis. */
    public FloatArray slice(int from, int to) {
        int[] sliced = shape.clone();
        sliced[0] = to - from;
        return new FloatArray(sliced, Arrays.copyOfRange(values, from * rowSize(), to * rowSize()));
    }

    /** The same values under another shape of the same size. */
    public FloatArray reshaped(int... newShape) {
        return new FloatArray(newShape, values);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FloatArray that
                && Arrays.equals(shape, that.shape)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "FloatArray" + Arrays.toString(shape);
    }
}
