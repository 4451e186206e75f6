package org.ppflow.eval.images;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.ppflow.nn.weights.NpzFile;

/**
 * Pictures of an array in column-major (Fortran) order: byte (n, h, w, c) lies at n + N·(h + H·(w + W·c)), so that a picture is spread over all of the file.
 * The array is passed over once for every {@value #BLOCK_BYTES} bytes of pictures, which are gathered in memory: 37 passes for 50 000 pictures of 256x256x3.
 * The first pass reads everything, and so verifies the checksum before a picture is handed out; later ones of a stored entry jump from column to column,
 * those of a deflated one unpack it again.
 */
final class ColumnMajorPixels {
    /** Pictures gathered in one pass. */
    static final int BLOCK_BYTES = 256 << 20;

    private static final int BUFFER_BYTES = 1 << 16;

    private final NpzFile file;
    private final String array;
    private final ImageShape shape;
    private final long count;
    private final int blockBytes;

    ColumnMajorPixels(NpzFile file, String array, ImageShape shape, long count) {
        this(file, array, shape, count, BLOCK_BYTES);
    }

    /** With other blocks. */
    ColumnMajorPixels(NpzFile file, String array, ImageShape shape, long count, int blockBytes) {
        this.file = file;
        this.array = array;
        this.shape = shape;
        this.count = count;
        this.blockBytes = blockBytes;
    }

    /** Puts pictures in, from one on. */
    void read(long first, BatchAssembly assembly) throws IOException {
        int inBlock = Math.max(1, blockBytes / shape.bytes());
        long from = first;
        boolean more = from < count;
        while (more) {
            int pictures = (int) Math.min(inBlock, count - from);
            byte[] block = gather(from, pictures, from == first);
            more = assembly.add(block, pictures);
            from += pictures;
        }
    }

    private byte[] gather(long from, int pictures, boolean verify) throws IOException {
        byte[] block = new byte[Math.multiplyExact(pictures, shape.bytes())];
        byte[] column = new byte[pictures];
        try (InputStream raw = file.asStored(array, verify ? 0 : from);
                // Small columns come one after the other only where nothing lies between them.
                InputStream in = pictures == count ? new BufferedInputStream(raw, BUFFER_BYTES) : raw) {
            long before = verify ? from : 0; // bytes of other pictures before the column's
            for (int c = 0; c < shape.channels(); c++) {
                for (int w = 0; w < shape.width(); w++) {
                    for (int h = 0; h < shape.height(); h++) {
                        in.skipNBytes(before);
                        if (in.readNBytes(column, 0, pictures) < pictures) {
                            throw new EOFException(file.path() + ": " + array + " ends early");
                        }
                        int at = (h * shape.width() + w) * shape.channels() + c;
                        for (int n = 0; n < pictures; n++, at += shape.bytes()) {
                            block[at] = column[n];
                        }
                        before = count - pictures;
                    }
                }
            }
            in.skipNBytes(count - from - pictures);
        }
        return block;
    }
}
