package org.ppflow.data.arrow;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.ppflow.nn.array.FloatArray;

/**
 * An Arrow IPC file of one record batch whose columns are vectors of float32, all of one length within a column, and one int64 column: what is kept of
 * pictures. Mapped into memory when it is read; rows are copied straight from the map. Safe for many threads.
 */
public final class FloatTable {
    private static final String KEY = "key";

    private final Map<String, Column> columns;
    private final RowBytes keys;
    private final int rows;
    private final Map<String, String> metadata;

    private record Column(RowBytes bytes, int size) {}

    private FloatTable(Map<String, Column> columns, RowBytes keys, int rows, Map<String, String> metadata) {
        this.columns = columns;
        this.keys = keys;
        this.rows = rows;
        this.metadata = metadata;
    }

    /**
     * Writes a table. Holds it once more in native memory.
     *
     * @param columns [rows, size] each, by name; size may not be 0
     * @param keys one for each row
     * @param metadata of the schema
     */
    public static void write(
            WritableByteChannel channel, Map<String, FloatArray> columns, long[] keys, Map<String, String> metadata)
            throws IOException {
        List<Field> fields = new ArrayList<>();
        List<ArrowFieldNode> nodes = new ArrayList<>();
        List<ArrowBuf> buffers = new ArrayList<>();
        try (BufferAllocator allocator = new RootAllocator()) {
            List<ArrowBuf> owned = new ArrayList<>();
            try {
                ArrowBuf absent = allocator.getEmpty();
                for (Map.Entry<String, FloatArray> column : columns.entrySet()) {
                    FloatArray values = column.getValue();
                    if (values.rows() != keys.length || values.rowSize() < 1) {
                        throw new IllegalArgumentException("column " + column.getKey() + " is " + values + ", "
                                + keys.length + " rows are written");
                    }
                    fields.add(field(column.getKey(), values.rowSize()));
                    nodes.add(new ArrowFieldNode(keys.length, 0));
                    nodes.add(new ArrowFieldNode((long) keys.length * values.rowSize(), 0));
                    ArrowBuf bytes = buffer(allocator, owned, (long) values.values().length * Float.BYTES);
                    nio(bytes).asFloatBuffer().put(values.values());
                    buffers.addAll(List.of(absent, absent, bytes));
                }
                fields.add(Field.notNullable(KEY, new ArrowType.Int(Long.SIZE, true)));
                nodes.add(new ArrowFieldNode(keys.length, 0));
                ArrowBuf bytes = buffer(allocator, owned, (long) keys.length * Long.BYTES);
                nio(bytes).asLongBuffer().put(keys);
                buffers.addAll(List.of(absent, bytes));
                try (VectorSchemaRoot root = VectorSchemaRoot.create(new Schema(fields, metadata), allocator);
                        BatchWriter writer = new BatchWriter(root, channel, new TreeMap<>());
                        ArrowRecordBatch batch = new ArrowRecordBatch(keys.length, nodes, buffers)) {
                    writer.start();
                    writer.write(batch);
                    writer.end();
                }
            } finally {
                owned.forEach(ArrowBuf::close);
            }
        }
    }

    private static ArrowBuf buffer(BufferAllocator allocator, List<ArrowBuf> owned, long bytes) {
        ArrowBuf buffer = allocator.buffer(Math.max(1, bytes)).writerIndex(bytes);
        owned.add(buffer);
        return buffer;
    }

    private static ByteBuffer nio(ArrowBuf buffer) {
        return buffer.nioBuffer(0, Math.toIntExact(buffer.writerIndex())).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static Field field(String name, int size) {
        Field item = Field.notNullable("item", new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE));
        return new Field(
                name,
                new org.apache.arrow.vector.types.pojo.FieldType(false, new ArrowType.FixedSizeList(size), null),
                List.of(item));
    }

    /**
     * Maps a file.
     *
     * @throws org.ppflow.nn.errors.BadInputException if it is damaged or something else
     */
    public static FloatTable open(Path file) throws IOException {
        String name = file.toString();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            FileLayout layout = FileLayout.read(channel, name);
            if (layout.batches().size() != 1 || layout.batches().get(0).compressed()) {
                throw ShardSchema.bad(name, layout.batches().size() + " record batches", "one, not compressed");
            }
            FileLayout.Batch batch = layout.batches().get(0);
            BatchColumns.Body body = BatchColumns.mapped(channel, batch, name);
            Map<String, Column> columns = new LinkedHashMap<>();
            RowBytes keys = null;
            for (Field field : layout.schema().getFields()) {
                List<FileLayout.Piece> pieces = batch.columns().getOrDefault(field.getName(), List.of());
                if (field.getType() instanceof ArrowType.FixedSizeList list && isFloat(field)) {
                    int size = list.getListSize();
                    RowBytes bytes = body.rows(pieces.get(2), Math.multiplyExact(size, Float.BYTES), batch.rows());
                    columns.put(field.getName(), new Column(bytes, size));
                } else if (field.getName().equals(KEY) && field.getType().equals(new ArrowType.Int(Long.SIZE, true))) {
                    keys = body.rows(pieces.get(1), Long.BYTES, batch.rows());
                } else {
                    throw ShardSchema.bad(name, "column " + field, "vectors of float32, and " + KEY);
                }
            }
            if (keys == null) {
                throw ShardSchema.bad(name, "no column " + KEY, "one of int64");
            }
            return new FloatTable(columns, keys, batch.rows(), layout.schema().getCustomMetadata());
        }
    }

    private static boolean isFloat(Field field) {
        return field.getChildren().size() == 1
                && field.getChildren()
                        .get(0)
                        .getType()
                        .equals(new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE));
    }

    /** Number of rows. */
    public int rows() {
        return rows;
    }

    /** Values in a row of a column; 0 where there is no such column. */
    public int size(String column) {
        Column known = columns.get(column);
        return known == null ? 0 : known.size();
    }

    /** Key-value pairs of the schema. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** Copies neighbouring rows of a column to {@code target[offset …]}. */
    public void copy(String column, int first, int count, float[] target, int offset) {
        Column known = columns.get(column);
        if (known == null || first < 0 || count < 0 || first + count > rows) {
            throw new IndexOutOfBoundsException("rows " + first + " + " + count + " of " + rows + ", column " + column);
        }
        for (int row = 0; row < count; row++) {
            known.bytes().copyFloats(first + row, target, offset + row * known.size());
        }
    }

    /** The key of a row. */
    public long key(int row) {
        return keys.buffer(row).getLong(keys.place(row));
    }
}
