package org.ppflow.data.arrow;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.weights.HalfPrecision;

/**
 * Writes the rows of one shard to a channel, as record batches of a fixed number of rows. Like pyarrow it writes no validity
 * bitmaps, since no value is ever null: Arrow's vectors would add 3 to 6 % to the file.
 *
 * <p>In memory: one record batch. {@link #close} frees it and fails where a buffer was forgotten; it does not close the channel.
 */
public final class ShardWriter implements AutoCloseable {
    /** Rows of a record batch; few enough that a batch of ImageNet moments takes 32 MB. */
    static final int BATCH_ROWS = 1024;

    private final DatasetDescription description;
    private final int rowSize;
    private final int batchRows;
    private final BufferAllocator allocator = new RootAllocator();
    private final List<ArrowBuf> values = new ArrayList<>();
    private final ArrowBuf labels;
    private final ArrowBuf hashes;
    private final List<byte[]> sources = new ArrayList<>();
    private final VectorSchemaRoot root;
    private final BatchWriter writer;
    private int pending;
    private long written;

    /** Starts a shard at the channel's position. */
    public ShardWriter(WritableByteChannel channel, DatasetDescription description) throws IOException {
        this.description = description;
        this.rowSize = description.storedShape().size();
        this.batchRows = Math.max(1, Math.min(BATCH_ROWS, (1 << 28) / rowSize));
        long valueBytes = (long) batchRows * rowSize * description.valueType().bytes();
        values.add(allocator.buffer(valueBytes));
        if (description.mirror()) {
            values.add(allocator.buffer(valueBytes));
        }
        labels = allocator.buffer((long) batchRows * Integer.BYTES);
        hashes = allocator.buffer((long) batchRows * ShardSchema.SHA256_BYTES);
        root = VectorSchemaRoot.create(ShardSchema.arrow(description), allocator);
        writer = new BatchWriter(root, channel, new TreeMap<>());
        try {
            writer.start();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Adds a row.
     *
     * @param row the (S, h, w) values start at {@code offset}; then, at {@code flippedOffset}, those of the mirrored picture,
     *     which are read only where the data set has them
     */
    public void add(float[] row, int offset, int flippedOffset, int label, String source, String sha256)
            throws IOException {
        put(values.get(0), row, offset, source);
        if (description.mirror()) {
            put(values.get(1), row, flippedOffset, source);
        }
        labels.setInt((long) pending * Integer.BYTES, label);
        hashes.setBytes(
                (long) pending * ShardSchema.SHA256_BYTES, HexFormat.of().parseHex(sha256));
        sources.add(ShardSchema.utf8(source));
        pending++;
        if (pending == batchRows) {
            flush();
        }
    }

    /**
     * Writes what is left and the footer. Without it the file is unfinished.
     *
     * @param range which pictures the rows are
     */
    public void finish(ShardRange range) throws IOException {
        if (range.rows() != written + pending) {
            throw new IllegalArgumentException(range + " for " + (written + pending) + " rows");
        }
        writer.footer().put(ShardRange.KEY, Json.compact(range));
        finish();
    }

    /** The same for rows that are no part of a larger whole. */
    public void finish() throws IOException {
        if (pending > 0) {
            flush();
        }
        writer.end();
    }

    private void put(ArrowBuf target, float[] row, int offset, String source) {
        long start = (long) pending * rowSize;
        for (int i = 0; i < rowSize; i++) {
            float value = row[offset + i];
            if (!Float.isFinite(description.valueType().rounded(value))) {
                throw BadInputException.at(source)
                        .found("latent value " + value)
                        .expected("a finite " + description.valueType())
                        .advice("look at the picture and the codec, or store float32")
                        .build();
            }
            if (description.valueType() == ValueType.FLOAT16) {
                target.setShort((start + i) * Short.BYTES, HalfPrecision.toF16(value));
            } else {
                target.setFloat((start + i) * Float.BYTES, value);
            }
        }
    }

    private void flush() throws IOException {
        List<ArrowFieldNode> nodes = new ArrayList<>();
        List<ArrowBuf> buffers = new ArrayList<>();
        ArrowBuf absent = allocator.getEmpty();
        for (ArrowBuf column : values) {
            nodes.add(new ArrowFieldNode(pending, 0));
            nodes.add(new ArrowFieldNode((long) pending * rowSize, 0));
            buffers.add(absent); // validity of the lists
            buffers.add(absent); // validity of their values
            buffers.add(column.writerIndex(
                    (long) pending * rowSize * description.valueType().bytes()));
        }
        for (int column = 0; column < 3; column++) {
            nodes.add(new ArrowFieldNode(pending, 0));
        }
        int textBytes = sources.stream().mapToInt(text -> text.length).sum();
        try (ArrowBuf offsets = allocator.buffer((pending + 1L) * Integer.BYTES);
                ArrowBuf texts = allocator.buffer(Math.max(1, textBytes))) {
            int end = 0;
            offsets.setInt(0, 0);
            for (int row = 0; row < pending; row++) {
                byte[] text = sources.get(row);
                texts.setBytes(end, text);
                end += text.length;
                offsets.setInt((row + 1L) * Integer.BYTES, end);
            }
            buffers.add(absent);
            buffers.add(labels.writerIndex((long) pending * Integer.BYTES));
            buffers.add(absent);
            buffers.add(offsets.writerIndex((pending + 1L) * Integer.BYTES));
            buffers.add(texts.writerIndex(end));
            buffers.add(absent);
            buffers.add(hashes.writerIndex((long) pending * ShardSchema.SHA256_BYTES));
            try (ArrowRecordBatch batch = new ArrowRecordBatch(pending, nodes, buffers)) {
                writer.write(batch);
            }
        }
        written += pending;
        pending = 0;
        sources.clear();
    }

    @Override
    public void close() {
        values.forEach(ArrowBuf::close);
        labels.close();
        hashes.close();
        root.close();
        allocator.close();
    }
}
