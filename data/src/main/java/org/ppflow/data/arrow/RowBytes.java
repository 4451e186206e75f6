package org.ppflow.data.arrow;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * A column of rows of one length, in one buffer or several: Java maps at most 2 GiB at once. Absolute reads only, so threads do not disturb each
 * other. Little-endian, as Arrow is here.
 */
final class RowBytes {
    private static final int MAX_MAP_BYTES = 1 << 30;

    private final List<ByteBuffer> buffers;
    private final int rowBytes;
    private final int rowsEach;

    private RowBytes(List<ByteBuffer> buffers, int rowBytes, int rowsEach) {
        this.buffers = buffers;
        this.rowBytes = rowBytes;
        this.rowsEach = rowsEach;
    }

    /** Rows of a buffer. */
    static RowBytes of(ByteBuffer buffer, int rowBytes) {
        return new RowBytes(
                List.of(buffer.slice().order(ByteOrder.LITTLE_ENDIAN)),
                rowBytes,
                Math.max(1, buffer.limit() / rowBytes));
    }

    /** Rows of a file, mapped into memory. */
    static RowBytes map(FileChannel channel, long offset, int rowBytes, int rows) throws IOException {
        int rowsEach = Math.max(1, MAX_MAP_BYTES / rowBytes);
        List<ByteBuffer> buffers = new ArrayList<>();
        for (int from = 0; from < rows; from += rowsEach) {
            long bytes = (long) Math.min(rowsEach, rows - from) * rowBytes;
            buffers.add(channel.map(FileChannel.MapMode.READ_ONLY, offset + (long) from * rowBytes, bytes)
                    .order(ByteOrder.LITTLE_ENDIAN));
        }
        return new RowBytes(List.copyOf(buffers), rowBytes, rowsEach);
    }

    /** Copies a row's bytes to {@code target[0 …]}. */
    void copy(int row, byte[] target) {
        buffer(row).get(place(row), target, 0, rowBytes);
    }

    /** Copies a row's float32 values. */
    void copyFloats(int row, float[] target, int offset) {
        buffer(row)
                .slice(place(row), rowBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(0, target, offset, rowBytes / Float.BYTES);
    }

    /** Where the row's bytes are. */
    ByteBuffer buffer(int row) {
        return buffers.get(row / rowsEach);
    }

    /** The row's first byte in its buffer. */
    int place(int row) {
        return row % rowsEach * rowBytes;
    }

    int getInt(int row) {
        return buffer(row).getInt(place(row));
    }
}
