package org.ppflow.data.latents;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.InvalidArrowFileException;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.ppflow.nn.errors.BadInputException;

/**
 * One shard, mapped into memory: places of the columns are read from the footer once, rows straight from the map. Arrow's own
 * reader would copy. The map lives until it is collected; no other memory is held but a few numbers a record batch.
 */
final class MappedShard {
    private static final int CONTINUATION = 0xFFFFFFFF;

    private final Path file;
    private final Storage storage;
    private final int values;
    private final boolean mirrored;
    private final ByteBuffer map;
    private final List<Batch> batches;
    private final int rows;

    /**
     * Where one record batch has its columns, in bytes from the start of the file.
     *
     * @param firstRow row of the shard that it starts with
     * @param rows in it
     * @param latents values of column latents
     * @param flipped values of column latents_flipped, or −1
     * @param labels values of column label
     */
    private record Batch(int firstRow, int rows, int latents, int flipped, int labels) {}

    private MappedShard(Path file, Storage storage, int values, boolean mirrored, ByteBuffer map, List<Batch> batches) {
        this.file = file;
        this.storage = storage;
        this.values = values;
        this.mirrored = mirrored;
        this.map = map;
        this.batches = batches;
        this.rows = batches.stream().mapToInt(Batch::rows).sum();
    }

    /**
     * Opens a shard.
     *
     * @param shape {c, h, w} that its latents must have
     * @throws BadInputException if it is not an uncompressed shard of such latents
     */
    static MappedShard open(Path file, List<Integer> shape) throws IOException {
        int values = shape.stream().mapToInt(Integer::intValue).reduce(1, Math::multiplyExact);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                RootAllocator allocator = new RootAllocator();
                ArrowFileReader reader = new ArrowFileReader(channel, allocator)) {
            Schema schema = reader.getVectorSchemaRoot().getSchema();
            Storage storage = storage(file, schema, values);
            long size = channel.size();
            if (size > Integer.MAX_VALUE) {
                throw BadInputException.at(file.toString())
                        .found(size + " bytes")
                        .expected("a shard below 2 GiB")
                        .build();
            }
            MappedByteBuffer map = channel.map(FileChannel.MapMode.READ_ONLY, 0, size);
            map.order(ByteOrder.LITTLE_ENDIAN);
            List<Batch> batches = new ArrayList<>();
            int firstRow = 0;
            for (ArrowBlock block : reader.getRecordBlocks()) {
                Batch batch = batch(file, map, block, schema, firstRow, values * storage.bytes());
                batches.add(batch);
                firstRow += batch.rows();
            }
            return new MappedShard(
                    file,
                    storage,
                    values,
                    schema.getFields().get(1).getName().equals(ShardSchema.FLIPPED),
                    map,
                    batches);
        } catch (InvalidArrowFileException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw BadInputException.at(file.toString())
                    .found("content that does not hold (" + e.getMessage() + ")")
                    .expected("an Arrow IPC file")
                    .advice("encode the data set again")
                    .cause(e)
                    .build();
        }
    }

    int rows() {
        return rows;
    }

    boolean mirrored() {
        return mirrored;
    }

    /** Copies one latent. */
    void read(int row, boolean flipped, float[] target, int offset) {
        if (flipped && !mirrored) {
            throw new IllegalArgumentException(file + " has no mirrored latents");
        }
        Batch batch = batchOf(row);
        int start = (flipped ? batch.flipped() : batch.latents()) + (row - batch.firstRow()) * values * storage.bytes();
        for (int i = 0; i < values; i++) {
            target[offset + i] = storage.read(map, start + i * storage.bytes());
        }
    }

    /** Class of one row. */
    int label(int row) {
        Batch batch = batchOf(row);
        return map.getInt(batch.labels() + (row - batch.firstRow()) * Integer.BYTES);
    }

    private Batch batchOf(int row) {
        for (Batch batch : batches) {
            if (row >= batch.firstRow() && row < batch.firstRow() + batch.rows()) {
                return batch;
            }
        }
        throw new IndexOutOfBoundsException("row " + row + " of " + rows + " in " + file);
    }

    private static Storage storage(Path file, Schema schema, int values) {
        List<Field> fields = schema.getFields();
        if (fields.size() >= 2
                && fields.get(0).getName().equals(ShardSchema.LATENTS)
                && fields.get(0).getType() instanceof ArrowType.FixedSizeList list
                && list.getListSize() == values
                && fields.get(0).getChildren().get(0).getType() instanceof ArrowType.FloatingPoint type) {
            if (type.getPrecision() == FloatingPointPrecision.SINGLE) {
                return Storage.FLOAT32;
            }
            if (type.getPrecision() == FloatingPointPrecision.HALF) {
                return Storage.FLOAT16;
            }
        }
        throw BadInputException.at(file.toString())
                .found("columns " + fields)
                .expected("first a column " + ShardSchema.LATENTS + " of " + values + " float16 or float32 values")
                .build();
    }

    private static Batch batch(Path file, ByteBuffer map, ArrowBlock block, Schema schema, int firstRow, int rowBytes) {
        int metadata = Math.toIntExact(block.getOffset());
        int prefix = map.getInt(metadata) == CONTINUATION ? 2 * Integer.BYTES : Integer.BYTES;
        ByteBuffer header = map.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        header.position(metadata + prefix);
        RecordBatch batch =
                (RecordBatch) Message.getRootAsMessage(header.slice().order(ByteOrder.LITTLE_ENDIAN))
                        .header(new RecordBatch());
        if (batch == null || batch.compression() != null) {
            throw BadInputException.at(file.toString())
                    .found("a record batch that is compressed")
                    .expected("an uncompressed shard, which can be mapped")
                    .build();
        }
        int rows = Math.toIntExact(batch.length());
        int body = metadata + block.getMetadataLength();
        int latents = -1;
        int flipped = -1;
        int labels = -1;
        int buffer = 0;
        // Arrow's order of buffers: a list has validity, validity of its items, items; a number validity, values.
        for (Field field : schema.getFields()) {
            switch (field.getName()) {
                case ShardSchema.LATENTS -> latents = place(file, map, batch, body, buffer + 2, (long) rows * rowBytes);
                case ShardSchema.FLIPPED -> flipped = place(file, map, batch, body, buffer + 2, (long) rows * rowBytes);
                case ShardSchema.LABEL ->
                    labels = place(file, map, batch, body, buffer + 1, (long) rows * Integer.BYTES);
                default -> {
                    // not read here
                }
            }
            buffer += field.getType() instanceof ArrowType.FixedSizeList || field.getType() instanceof ArrowType.Utf8
                    ? 3
                    : 2;
        }
        if (latents < 0 || labels < 0) {
            throw BadInputException.at(file.toString())
                    .found("columns " + schema.getFields())
                    .expected("columns latents and label")
                    .build();
        }
        return new Batch(firstRow, rows, latents, flipped, labels);
    }

    private static int place(Path file, ByteBuffer map, RecordBatch batch, int body, int index, long needed) {
        long start = body + batch.buffers(index).offset();
        if (start < 0 || batch.buffers(index).length() < needed || start + needed > map.capacity()) {
            throw BadInputException.at(file.toString())
                    .found("buffer " + index + " of " + batch.buffers(index).length() + " bytes at " + start)
                    .expected("at least " + needed + " bytes inside the file")
                    .advice("encode the data set again")
                    .build();
        }
        return Math.toIntExact(start);
    }
}
