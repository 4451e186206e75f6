package org.ppflow.data.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;

/** Builds IDX files for tests. */
final class IdxBytes {
    private IdxBytes() {}

    /** Header and values 0, 1, 2, … as they are counted. */
    static byte[] idx(int magic, int values, int... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * shape.length + values);
        bytes.putInt(magic);
        for (int length : shape) {
            bytes.putInt(length);
        }
        for (int i = 0; i < values; i++) {
            bytes.put((byte) i);
        }
        return bytes.array();
    }

    static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }
}
