package org.ppflow.data.arrow;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import org.ppflow.data.arrow.FileLayout.Piece;
import org.ppflow.nn.errors.BadInputException;

/**
 * Buffers that another writer has compressed: each is its length as int64, then one LZ4 frame; length −1 means that what follows is not compressed.
 * Unpacked into memory, the whole record batch.
 */
final class Lz4Body implements BatchColumns.Body {
    /** LZ4 packs a run of 255 bytes into one at best. */
    private static final int MAX_RATIO = 255;

    private final Path file;
    private final FileLayout.Batch batch;

    Lz4Body(Path file, FileLayout.Batch batch) {
        this.file = file;
        this.batch = batch;
    }

    @Override
    public RowBytes rows(Piece piece, int rowBytes, int rows) throws IOException {
        ByteBuffer bytes = bytes(piece);
        long needed = (long) rowBytes * rows;
        if (bytes.limit() < needed) {
            throw damaged("a buffer of " + bytes.limit() + " bytes", needed + " bytes for " + rows + " rows", null);
        }
        return RowBytes.of(bytes.slice(0, (int) needed), rowBytes);
    }

    @Override
    public ByteBuffer bytes(Piece piece) throws IOException {
        if (piece.length() == 0) {
            return ByteBuffer.allocate(0);
        }
        ByteBuffer packed = read(piece);
        long length = packed.getLong();
        byte[] rest = new byte[packed.remaining()];
        packed.get(rest);
        if (length == -1) {
            return ByteBuffer.wrap(rest);
        }
        if (length < 0 || length > Integer.MAX_VALUE - 8 || length > (long) MAX_RATIO * piece.length()) {
            throw damaged(length + " bytes unpacked from " + rest.length, "what LZ4 can give, less than 2 GiB", null);
        }
        try (FramedLZ4CompressorInputStream in = new FramedLZ4CompressorInputStream(new ByteArrayInputStream(rest))) {
            byte[] unpacked = in.readNBytes((int) length);
            if (unpacked.length < length || in.read() >= 0) {
                throw damaged("another length than " + length + " bytes", "an LZ4 frame of that length", null);
            }
            return ByteBuffer.wrap(unpacked);
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw damaged("a damaged LZ4 frame (" + e.getMessage() + ")", "a complete one", e);
        }
    }

    private ByteBuffer read(Piece piece) throws IOException {
        if (piece.length() < Long.BYTES || piece.length() > Integer.MAX_VALUE - 8) {
            throw damaged("a compressed buffer of " + piece.length() + " bytes", "8 bytes to 2 GiB", null);
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) piece.length()).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, batch.bodyOffset() + piece.offset() + bytes.position()) < 0) {
                    throw new EOFException(file + " ends at " + channel.size());
                }
            }
        }
        return bytes.flip();
    }

    private BadInputException damaged(
            String found, String expected, @org.jspecify.annotations.Nullable Exception cause) {
        BadInputException.Builder error = BadInputException.at(file.toString())
                .found(found)
                .expected(expected)
                .advice("fetch or encode the shard again");
        return cause == null ? error.build() : error.cause(cause).build();
    }
}
