package org.ppflow.data.arrow;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Map;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;

/** Arrow's writer, opened up for record batches that are ready: their buffers are built here, without validity bitmaps. */
final class BatchWriter extends ArrowFileWriter {
    private final Map<String, String> footer;

    /**
     * Starts at the channel's position; the channel stays open for its owner.
     *
     * @param root of the schema alone
     * @param footer key-value pairs, which may be added to until the end
     */
    BatchWriter(VectorSchemaRoot root, WritableByteChannel channel, Map<String, String> footer) {
        super(root, new DictionaryProvider.MapDictionaryProvider(), new Uncloseable(channel), footer);
        this.footer = footer;
    }

    Map<String, String> footer() {
        return footer;
    }

    void write(ArrowRecordBatch batch) throws IOException {
        writeRecordBatch(batch);
    }

    private record Uncloseable(WritableByteChannel channel) implements WritableByteChannel {
        @Override
        public int write(ByteBuffer source) throws IOException {
            return channel.write(source);
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() {}
    }
}
