package org.ppflow.data.arrow;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.ppflow.data.codec.LatentShape;
import org.ppflow.data.codec.StoredKind;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.weights.HalfPrecision;

/**
 * A shard mapped into memory; rows are copied straight from the map. Reads Arrow IPC files of any writer that have the columns.
 * Safe for many threads. The maps are not closed: Java unmaps them when the shard is no longer reachable.
 *
 * <p>On the heap: some hundred bytes a record batch, whatever the shard's size.
 */
public final class ShardFile {
    private final ShardSchema schema;
    private final Map<String, String> metadata;
    private final int[] firstRow;
    private final List<MappedBatch> batches;
    private final int rows;

    private ShardFile(ShardSchema schema, Map<String, String> metadata, List<MappedBatch> batches) {
        this.schema = schema;
        this.metadata = metadata;
        this.batches = batches;
        this.firstRow = new int[batches.size()];
        int total = 0;
        for (int i = 0; i < firstRow.length; i++) {
            firstRow[i] = total;
            total = Math.addExact(total, batches.get(i).rows);
        }
        this.rows = total;
    }

    /** Opens a shard and maps it. */
    public static ShardFile open(Path file) throws IOException {
        String name = file.toString();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            FileLayout layout = FileLayout.read(channel, name);
            ShardSchema schema = ShardSchema.of(layout.schema(), name);
            List<MappedBatch> batches = new ArrayList<>();
            for (FileLayout.Batch batch : layout.batches()) {
                if (batch.rows() > 0) {
                    batches.add(new MappedBatch(channel, batch, schema, name));
                }
            }
            return new ShardFile(schema, layout.schema().getCustomMetadata(), List.copyOf(batches));
        } catch (NoSuchFileException e) {
            throw BadInputException.at(name)
                    .found("no such file")
                    .expected("a shard")
                    .cause(e)
                    .build();
        }
    }

    /** Number of rows. */
    public int rows() {
        return rows;
    }

    /** Latents or moments. */
    public StoredKind stored() {
        return schema.stored();
    }

    /** Type of the values. */
    public ValueType valueType() {
        return schema.valueType();
    }

    /** Shape of a row. */
    public LatentShape shape() {
        return schema.shape();
    }

    /** Whether there is a column of mirrored pictures. */
    public boolean mirror() {
        return schema.mirror();
    }

    /** The schema's key-value pairs. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** Whether the shard says of itself exactly this. */
    public boolean matches(DatasetDescription description) {
        return schema.equals(ShardSchema.of(description)) && metadata.equals(ShardSchema.metadata(description));
    }

    /** Copies the stored values of a row, (S, h, w), to {@code target[offset …]}. */
    public void copyValues(int row, boolean flipped, float[] target, int offset) {
        if (flipped && !schema.mirror()) {
            throw new IllegalArgumentException("the shard holds no mirrored pictures");
        }
        int batch = batchOf(row);
        batches.get(batch).copy(row - firstRow[batch], flipped, schema, target, offset);
    }

    /** Class of a row. */
    public int label(int row) {
        int batch = batchOf(row);
        return batches.get(batch).labels.getInt((row - firstRow[batch]) * Integer.BYTES);
    }

    /** Name of a row's picture inside the source. */
    public String source(int row) {
        int batch = batchOf(row);
        return batches.get(batch).text(row - firstRow[batch]);
    }

    /** SHA-256 of a row's source bytes, 64 hexadecimal digits. */
    public String sha256(int row) {
        int batch = batchOf(row);
        byte[] hash = new byte[ShardSchema.SHA256_BYTES];
        batches.get(batch).hashes.get((row - firstRow[batch]) * hash.length, hash);
        return HexFormat.of().formatHex(hash);
    }

    /** Per-channel statistics of all rows, of both mirrors where both are there; in the file's order. */
    public StatisticsAccumulator statistics() {
        StatisticsAccumulator statistics = new StatisticsAccumulator(schema.shape());
        float[] values = new float[schema.shape().size()];
        for (int row = 0; row < rows; row++) {
            copyValues(row, false, values, 0);
            statistics.add(values, 0);
            if (schema.mirror()) {
                copyValues(row, true, values, 0);
                statistics.add(values, 0);
            }
        }
        return statistics;
    }

    private int batchOf(int row) {
        if (row < 0 || row >= rows) {
            throw new IndexOutOfBoundsException("row " + row + " of " + rows);
        }
        int found = Arrays.binarySearch(firstRow, row);
        return found >= 0 ? found : -found - 2;
    }

    /** One record batch; absolute reads only, so threads do not disturb each other. */
    private static final class MappedBatch {
        final String file;
        final int rows;
        final ByteBuffer values;
        final ByteBuffer flipped;
        final ByteBuffer labels;
        final ByteBuffer offsets;
        final ByteBuffer texts;
        final ByteBuffer hashes;

        MappedBatch(FileChannel channel, FileLayout.Batch batch, ShardSchema schema, String file) throws IOException {
            if (batch.bodyLength() > Integer.MAX_VALUE) {
                throw BadInputException.at(file)
                        .found("a record batch of " + batch.bodyLength() + " bytes")
                        .expected("less than 2 GiB, what Java maps at once")
                        .advice("write record batches of fewer rows")
                        .build();
            }
            ByteBuffer body = channel.map(FileChannel.MapMode.READ_ONLY, batch.bodyOffset(), batch.bodyLength());
            this.file = file;
            rows = batch.rows();
            // First, because it bounds the number of rows, so that the products below fit.
            labels = piece(body, batch, ShardSchema.LABEL, 1, (long) rows * Integer.BYTES, file);
            long valueBytes = (long) schema.shape().size() * schema.valueType().bytes() * rows;
            String column = schema.stored().column();
            values = piece(body, batch, column, 2, valueBytes, file);
            flipped =
                    schema.mirror() ? piece(body, batch, schema.stored().flippedColumn(), 2, valueBytes, file) : values;
            offsets = piece(body, batch, ShardSchema.SOURCE, 1, (rows + 1L) * Integer.BYTES, file);
            texts = piece(body, batch, ShardSchema.SOURCE, 2, 0, file);
            hashes = piece(body, batch, ShardSchema.SHA256, 1, (long) rows * ShardSchema.SHA256_BYTES, file);
        }

        private static ByteBuffer piece(
                ByteBuffer body, FileLayout.Batch batch, String column, int index, long needed, String file) {
            FileLayout.Piece piece =
                    batch.columns().getOrDefault(column, List.of()).get(index);
            if (piece.length() < needed) {
                throw ShardSchema.bad(
                        file,
                        "a buffer of " + piece.length() + " bytes in column " + column,
                        needed + " bytes for " + batch.rows() + " rows");
            }
            return body.slice((int) piece.offset(), (int) piece.length()).order(ByteOrder.LITTLE_ENDIAN);
        }

        void copy(int row, boolean mirrored, ShardSchema schema, float[] target, int offset) {
            ByteBuffer from = mirrored ? flipped : values;
            int size = schema.shape().size();
            if (schema.valueType() == ValueType.FLOAT32) {
                FloatBuffer floats = from.asFloatBuffer();
                floats.get(row * size, target, offset, size);
            } else {
                ShortBuffer halves = from.asShortBuffer();
                for (int i = 0; i < size; i++) {
                    target[offset + i] = HalfPrecision.fromF16(halves.get(row * size + i));
                }
            }
        }

        String text(int row) {
            int start = offsets.getInt(row * Integer.BYTES);
            int end = offsets.getInt((row + 1) * Integer.BYTES);
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
    }
}
