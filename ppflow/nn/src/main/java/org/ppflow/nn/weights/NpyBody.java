package org.ppflow.nn.weights;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.ppflow.nn.errors.BadInputException;

/** The elements after a npy header, brought into row-major order. */
final class NpyBody {
    private static final int MAX_ARRAY_LENGTH = Integer.MAX_VALUE - 8;

    private NpyBody() {}

    /** Refuses an array whose data is not exactly as long as its header says. */
    static void checkLength(TensorInfo info, long found, String where) {
        if (found < info.byteSize()) {
            throw BadInputException.at(where)
                    .found("array data ends early: " + found + " bytes are there")
                    .expected(info.byteSize() + " bytes for " + info)
                    .build();
        }
        if (found > info.byteSize()) {
            throw BadInputException.at(where)
                    .found((found - info.byteSize()) + " bytes after the array")
                    .expected(info.byteSize() + " bytes for " + info)
                    .build();
        }
    }

    /**
     * The elements in row-major order. Column-major arrays (Fortran order) are turned in memory, which takes twice their size
     * and bounds them to 2 GiB; all others pass through.
     *
     * @param in positioned after the header; closed with the result
     */
    static InputStream rowMajor(NpyHeader header, TensorInfo info, InputStream in, String where) throws IOException {
        if (!header.columnMajor() || info.shape().length < 2) {
            return in;
        }
        if (info.byteSize() > MAX_ARRAY_LENGTH) {
            in.close();
            throw BadInputException.at(where)
                    .found("a column-major array of " + info.byteSize() + " bytes")
                    .expected("at most " + MAX_ARRAY_LENGTH + " bytes in this order")
                    .advice("save numpy.ascontiguousarray of it")
                    .build();
        }
        try (in) {
            byte[] columns = in.readNBytes((int) info.byteSize());
            checkLength(info, columns.length, where);
            return new ByteArrayInputStream(
                    transpose(columns, info.shape(), info.type().bytes()));
        }
    }

    private static byte[] transpose(byte[] columns, int[] shape, int elementBytes) {
        int axes = shape.length;
        int[] strides = new int[axes];
        int stride = elementBytes;
        for (int axis = 0; axis < axes; axis++) {
            strides[axis] = stride;
            stride *= shape[axis];
        }
        byte[] rows = new byte[columns.length];
        int[] index = new int[axes];
        int source = 0;
        for (int target = 0; target < rows.length; target += elementBytes) {
            System.arraycopy(columns, source, rows, target, elementBytes);
            for (int axis = axes - 1; axis >= 0; axis--) {
                source += strides[axis];
                if (++index[axis] < shape[axis]) {
                    break;
                }
                source -= strides[axis] * shape[axis];
                index[axis] = 0;
            }
        }
        return rows;
    }
}
