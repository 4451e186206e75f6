package org.ppflow.data.arrow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ppflow.data.codec.LatentShape;
import org.ppflow.data.codec.StoredKind;
import org.ppflow.nn.errors.BadInputException;
import tools.jackson.core.JacksonException;

/**
 * A shard mapped into memory; rows are copied straight from the map. Reads Arrow IPC files of any writer that have the columns.
 * Safe for many threads. The maps are not closed: Java unmaps them when the shard is no longer reachable.
 *
 * <p>On the heap: some hundred bytes a record batch, whatever the shard's size. A shard that another tool has compressed (LZ4) cannot be mapped: its
 * record batches are unpacked when they are read, and forgotten when memory is short, so reading its rows in random order is slow.
 */
public final class ShardFile {
    private final ShardSchema schema;
    private final String file;
    private final Map<String, String> metadata;
    private final @Nullable String range;
    private final int[] firstRow;
    private final List<Batch> batches;
    private final int rows;

    private ShardFile(String file, ShardSchema schema, FileLayout layout, List<Batch> batches) {
        this.file = file;
        this.schema = schema;
        this.metadata = layout.schema().getCustomMetadata();
        this.range = layout.footerMetadata().get(ShardRange.KEY);
        this.batches = batches;
        this.firstRow = new int[batches.size()];
        int total = 0;
        for (int i = 0; i < firstRow.length; i++) {
            firstRow[i] = total;
            total = Math.addExact(total, batches.get(i).rows());
        }
        this.rows = total;
    }

    /** Opens a shard and maps it. */
    public static ShardFile open(Path file) throws IOException {
        String name = file.toString();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            FileLayout layout = FileLayout.read(channel, name);
            ShardSchema schema = ShardSchema.of(layout.schema(), name);
            List<Batch> batches = new ArrayList<>();
            for (FileLayout.Batch batch : layout.batches()) {
                if (batch.rows() > 0) {
                    batches.add(
                            batch.compressed()
                                    ? new PackedBatch(file, batch, schema)
                                    : new MappedBatch(
                                            batch.rows(),
                                            BatchColumns.of(
                                                    batch, schema, name, BatchColumns.mapped(channel, batch, name))));
                }
            }
            return new ShardFile(name, schema, layout, List.copyOf(batches));
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

    /** Which rows of the selected pictures the shard covers; empty where another tool wrote it. */
    public Optional<ShardRange> range() {
        if (range == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.MAPPER.readValue(range, ShardRange.class));
        } catch (JacksonException e) {
            throw BadInputException.at(file + ": footer: " + ShardRange.KEY)
                    .found(range)
                    .expected("{\"from\":...,\"to\":...,\"of\":...,\"skipped\":[...]}")
                    .cause(e)
                    .build();
        }
    }

    /** What the shard says of its data set. */
    public DatasetDescription description() {
        return ShardSchema.description(schema, metadata, file);
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
        batches.get(batch).columns().copy(row - firstRow[batch], flipped, target, offset);
    }

    /** Copies the stored bytes of a row, little-endian (S, h, w), to {@code target[0 …]}. */
    public void copyBytes(int row, boolean flipped, byte[] target) {
        if (flipped && !schema.mirror()) {
            throw new IllegalArgumentException("the shard holds no mirrored pictures");
        }
        int batch = batchOf(row);
        BatchColumns columns = batches.get(batch).columns();
        (flipped ? columns.flipped() : columns.values()).copy(row - firstRow[batch], target);
    }

    /** Class of a row. */
    public int label(int row) {
        int batch = batchOf(row);
        return batches.get(batch).columns().labels().getInt(row - firstRow[batch]);
    }

    /** Name of a row's picture inside the source. */
    public String source(int row) {
        int batch = batchOf(row);
        return batches.get(batch).columns().text(row - firstRow[batch]);
    }

    /** SHA-256 of a row's source bytes, 64 hexadecimal digits. */
    public String sha256(int row) {
        int batch = batchOf(row);
        byte[] hash = new byte[ShardSchema.SHA256_BYTES];
        batches.get(batch).columns().hashes().copy(row - firstRow[batch], hash);
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

    /** One record batch and how to come by its columns. */
    private interface Batch {
        int rows();

        BatchColumns columns();
    }

    /** Columns that stay mapped. */
    private record MappedBatch(int rows, BatchColumns columns) implements Batch {}

    /** Columns that are unpacked when they are asked for, and kept while there is memory to spare. */
    private static final class PackedBatch implements Batch {
        private final Path file;
        private final FileLayout.Batch batch;
        private final ShardSchema schema;
        private SoftReference<BatchColumns> unpacked = new SoftReference<>(null);

        PackedBatch(Path file, FileLayout.Batch batch, ShardSchema schema) {
            this.file = file;
            this.batch = batch;
            this.schema = schema;
        }

        @Override
        public int rows() {
            return batch.rows();
        }

        @Override
        public synchronized BatchColumns columns() {
            BatchColumns known = unpacked.get();
            if (known == null) {
                try {
                    known = BatchColumns.of(batch, schema, file.toString(), new Lz4Body(file, batch));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                unpacked = new SoftReference<>(known);
            }
            return known;
        }
    }
}
