package org.ppflow.data.arrow;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.ppflow.data.arrow.FileLayout.Piece;
import org.ppflow.nn.weights.HalfPrecision;

/**
 * The columns of one record batch. Safe for many threads.
 *
 * @param file what errors call it
 * @param schema what the values are
 * @param values rows of (S, h, w)
 * @param flipped those of the mirrored pictures; the same as {@code values} where there are none
 * @param labels int32
 * @param offsets int32, one more than rows: where texts begin and end
 * @param texts UTF-8
 * @param hashes 32 bytes each
 */
record BatchColumns(
        String file,
        ShardSchema schema,
        RowBytes values,
        RowBytes flipped,
        RowBytes labels,
        RowBytes offsets,
        ByteBuffer texts,
        RowBytes hashes) {
    /** Gives the bytes of a buffer of the batch. */
    interface Body {
        /** Rows of one length. */
        RowBytes rows(Piece piece, int rowBytes, int rows) throws IOException;

        /** All of it, at most 2 GiB. */
        ByteBuffer bytes(Piece piece) throws IOException;
    }

    /** The columns of a batch. */
    static BatchColumns of(FileLayout.Batch batch, ShardSchema schema, String file, Body body) throws IOException {
        int rowBytes = schema.shape().size() * schema.valueType().bytes();
        String column = schema.stored().column();
        RowBytes values = body.rows(piece(batch, column, 2), rowBytes, batch.rows());
        RowBytes flipped = schema.mirror()
                ? body.rows(piece(batch, schema.stored().flippedColumn(), 2), rowBytes, batch.rows())
                : values;
        return new BatchColumns(
                file,
                schema,
                values,
                flipped,
                body.rows(piece(batch, ShardSchema.LABEL, 1), Integer.BYTES, batch.rows()),
                body.rows(piece(batch, ShardSchema.SOURCE, 1), Integer.BYTES, batch.rows() + 1),
                body.bytes(piece(batch, ShardSchema.SOURCE, 2)).order(ByteOrder.LITTLE_ENDIAN),
                body.rows(piece(batch, ShardSchema.SHA256, 1), ShardSchema.SHA256_BYTES, batch.rows()));
    }

    private static Piece piece(FileLayout.Batch batch, String column, int index) {
        return batch.columns().getOrDefault(column, List.of()).get(index);
    }

    void copy(int row, boolean mirrored, float[] target, int offset) {
        RowBytes from = mirrored ? flipped : values;
        if (schema.valueType() == ValueType.FLOAT32) {
            from.copyFloats(row, target, offset);
            return;
        }
        ByteBuffer buffer = from.buffer(row);
        int place = from.place(row);
        for (int i = 0; i < schema.shape().size(); i++) {
            target[offset + i] = HalfPrecision.fromF16(buffer.getShort(place + i * Short.BYTES));
        }
    }

    String text(int row) {
        int start = offsets.getInt(row);
        int end = offsets.getInt(row + 1);
        if (start < 0 || end < start || end > texts.limit()) {
            throw ShardSchema.bad(
                    file,
                    "a text from byte " + start + " to " + end + " in column " + ShardSchema.SOURCE,
                    "a place inside its " + texts.limit() + " bytes");
        }
        byte[] text = new byte[end - start];
        texts.get(start, text);
        return new String(text, StandardCharsets.UTF_8);
    }

    /** Maps each buffer of a batch into memory. */
    static Body mapped(FileChannel channel, FileLayout.Batch batch, String file) throws IOException {
        // One map for all of a small batch: a process may have some 65 000 of them.
        ByteBuffer whole = batch.bodyLength() <= Integer.MAX_VALUE
                ? channel.map(FileChannel.MapMode.READ_ONLY, batch.bodyOffset(), batch.bodyLength())
                : null;
        return new Body() {
            @Override
            public RowBytes rows(Piece piece, int rowBytes, int rows) throws IOException {
                long needed = (long) rowBytes * rows;
                if (piece.length() < needed) {
                    throw ShardSchema.bad(
                            file, "a buffer of " + piece.length() + " bytes", needed + " bytes for " + rows + " rows");
                }
                return whole == null
                        ? RowBytes.map(channel, batch.bodyOffset() + piece.offset(), rowBytes, rows)
                        : RowBytes.of(whole.slice((int) piece.offset(), (int) needed), rowBytes);
            }

            @Override
            public ByteBuffer bytes(Piece piece) throws IOException {
                return whole == null
                        ? channel.map(
                                FileChannel.MapMode.READ_ONLY, batch.bodyOffset() + piece.offset(), piece.length())
                        : whole.slice((int) piece.offset(), (int) piece.length());
            }
        };
    }
}
