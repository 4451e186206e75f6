package org.ppflow.data.arrow;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.BodyCompression;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.CompressionType;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.vector.TypeLayout;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.ppflow.nn.errors.BadInputException;

/**
 * Where things are in an Arrow IPC file, from its footer and the headers of its record batches: {@code ARROW1 00 00}, messages,
 * footer, its length, {@code ARROW1}. Everything is checked against the file's length before it is believed.
 *
 * @param schema as the footer has it
 * @param batches in the file's order
 * @param footerMetadata key-value pairs of the footer itself
 */
record FileLayout(Schema schema, List<Batch> batches, Map<String, String> footerMetadata) {
    private static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);
    private static final int TAIL_BYTES = Integer.BYTES + MAGIC.length;
    private static final int CONTINUATION = 0xFFFFFFFF;

    /**
     * A record batch: its rows, where its body starts, and where each column's buffers are inside the body.
     *
     * @param compressed whether each buffer is an LZ4 frame behind its length
     */
    record Batch(int rows, long bodyOffset, long bodyLength, boolean compressed, Map<String, List<Piece>> columns) {}

    /** A buffer inside a body, in bytes; empty where a validity bitmap is absent. */
    record Piece(long offset, long length) {}

    static FileLayout read(FileChannel channel, String file) throws IOException {
        try {
            return parse(channel, file);
        } catch (EOFException
                | IndexOutOfBoundsException
                | IllegalArgumentException
                | ArithmeticException
                | UnsupportedOperationException
                | NullPointerException
                | AssertionError e) {
            // FlatBuffers has no verifier in Java: offsets that lead nowhere, and parts that are absent, end in one of
            // these.
            throw BadInputException.at(file)
                    .found("a damaged Arrow file (" + e + ")")
                    .expected("a complete Arrow IPC file")
                    .advice("fetch or encode the shard again")
                    .cause(e)
                    .build();
        }
    }

    private static FileLayout parse(FileChannel channel, String file) throws IOException {
        long size = channel.size();
        if (size < 2L * TAIL_BYTES
                || !startsWithMagic(read(channel, 0, MAGIC.length))
                || !startsWithMagic(read(channel, size - MAGIC.length, MAGIC.length))) {
            throw ShardSchema.bad(
                    file, "no Arrow magic at both ends of " + size + " bytes", "a complete Arrow IPC file");
        }
        int footerLength = read(channel, size - TAIL_BYTES, Integer.BYTES).getInt();
        if (footerLength < 1 || footerLength > size - 2L * TAIL_BYTES) {
            throw ShardSchema.bad(file, "a footer of " + footerLength + " bytes", "one inside the file");
        }
        Footer footer = Footer.getRootAsFooter(read(channel, size - TAIL_BYTES - footerLength, footerLength));
        Schema schema = Schema.convertSchema(footer.schema());
        if (footer.dictionariesLength() > 0) {
            throw ShardSchema.bad(file, "dictionary-encoded columns", "plain columns");
        }
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < footer.recordBatchesLength(); i++) {
            batches.add(batch(channel, footer.recordBatches(i), schema, file + ": record batch " + i));
        }
        Map<String, String> metadata = new HashMap<>();
        for (int i = 0; i < footer.customMetadataLength(); i++) {
            KeyValue pair = footer.customMetadata(i);
            metadata.put(pair.key(), pair.value());
        }
        return new FileLayout(schema, List.copyOf(batches), metadata);
    }

    private static Batch batch(FileChannel channel, Block block, Schema schema, String where) throws IOException {
        long bodyOffset = Math.addExact(block.offset(), (long) block.metaDataLength());
        if (block.offset() < 0
                || block.metaDataLength() < 2 * Integer.BYTES
                || block.bodyLength() < 0
                || Math.addExact(bodyOffset, block.bodyLength()) > channel.size()) {
            throw ShardSchema.bad(where, "a place outside the file", "offsets inside its " + channel.size() + " bytes");
        }
        ByteBuffer metadata = read(channel, block.offset(), block.metaDataLength());
        // Files before Arrow 0.15 have the length alone.
        metadata.position(metadata.getInt(0) == CONTINUATION ? 2 * Integer.BYTES : Integer.BYTES);
        Message message = Message.getRootAsMessage(metadata.slice().order(ByteOrder.LITTLE_ENDIAN));
        if (message.headerType() != MessageHeader.RecordBatch
                || !(message.header(new RecordBatch()) instanceof RecordBatch header)) {
            throw ShardSchema.bad(where, "message type " + message.headerType(), "a record batch");
        }
        if (header.length() < 0 || header.length() > block.bodyLength()) {
            throw ShardSchema.bad(where, header.length() + " rows in " + block.bodyLength() + " bytes", "fewer rows");
        }
        BodyCompression compression = header.compression();
        if (compression != null && compression.codec() != CompressionType.LZ4_FRAME) {
            throw BadInputException.at(where)
                    .found("buffers compressed by " + CompressionType.name(compression.codec()))
                    .expected("uncompressed ones, which can be mapped into memory, or LZ4 frames")
                    .advice("write the shard again without compression: float16 latents do not become smaller")
                    .build();
        }
        return new Batch(
                Math.toIntExact(header.length()),
                bodyOffset,
                block.bodyLength(),
                compression != null,
                columns(header, schema, block.bodyLength(), where));
    }

    private static Map<String, List<Piece>> columns(RecordBatch header, Schema schema, long bodyLength, String where) {
        Map<String, List<Piece>> columns = new HashMap<>();
        int[] next = new int[2]; // node, buffer
        for (Field field : schema.getFields()) {
            List<Piece> pieces = new ArrayList<>();
            collect(header, field, bodyLength, next, pieces, where);
            columns.put(field.getName(), List.copyOf(pieces));
        }
        return columns;
    }

    /** Nodes and buffers of a column come depth first: the field's own, then its children's. */
    private static void collect(
            RecordBatch header, Field field, long bodyLength, int[] next, List<Piece> pieces, String where) {
        if (header.nodes(next[0]++).nullCount() != 0) {
            throw ShardSchema.bad(where, "missing values in column " + field.getName(), "none");
        }
        for (int i = 0; i < TypeLayout.getTypeBufferCount(field.getType()); i++) {
            Buffer buffer = header.buffers(next[1]++);
            if (buffer.offset() < 0
                    || buffer.length() < 0
                    || Math.addExact(buffer.offset(), buffer.length()) > bodyLength) {
                throw ShardSchema.bad(where, "a buffer of column " + field.getName() + " outside the body", "inside");
            }
            pieces.add(new Piece(buffer.offset(), buffer.length()));
        }
        for (Field child : field.getChildren()) {
            collect(header, child, bodyLength, next, pieces, where);
        }
    }

    private static boolean startsWithMagic(ByteBuffer bytes) {
        byte[] found = new byte[MAGIC.length];
        bytes.get(found);
        return java.util.Arrays.equals(found, MAGIC);
    }

    private static ByteBuffer read(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new EOFException("the file ends at " + channel.size());
            }
        }
        return bytes.flip();
    }
}
