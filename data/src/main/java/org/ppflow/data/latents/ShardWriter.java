package org.ppflow.data.latents;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float2Vector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.ppflow.data.codec.Codec;
import org.ppflow.data.codec.Codecs;
import org.ppflow.data.picture.PictureSet;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.files.AtomicFiles;
import org.ppflow.nn.files.Sha256;

/** Writes one shard: an Arrow IPC file of one record batch, uncompressed; the same rows give the same bytes. */
final class ShardWriter {
    private ShardWriter() {}

    static void write(Path file, PictureSet pictures, EncodeOptions options) throws IOException {
        Codec codec = Codecs.named(options.codec());
        try (BufferAllocator allocator = new RootAllocator();
                VectorSchemaRoot root = VectorSchemaRoot.create(ShardSchema.of(options), allocator)) {
            fill(vector(root, ShardSchema.LATENTS), codec.encode(pictures), options);
            if (options.mirror()) {
                fill(vector(root, ShardSchema.FLIPPED), codec.encode(pictures.mirrored()), options);
            }
            IntVector labels = (IntVector) vector(root, ShardSchema.LABEL);
            VarCharVector sources = (VarCharVector) vector(root, ShardSchema.SOURCE);
            FixedSizeBinaryVector hashes = (FixedSizeBinaryVector) vector(root, ShardSchema.SHA256);
            labels.allocateNew(pictures.count());
            sources.allocateNew(pictures.count());
            hashes.allocateNew(pictures.count());
            for (int row = 0; row < pictures.count(); row++) {
                labels.setSafe(row, pictures.labels()[row]);
                sources.setSafe(row, pictures.sources().get(row).getBytes(StandardCharsets.UTF_8));
                hashes.setSafe(row, Sha256.digest().digest(pictures.picture(row)));
            }
            root.setRowCount(pictures.count());
            AtomicFiles.writeChannel(file, channel -> {
                try (ArrowFileWriter writer = new ArrowFileWriter(root, null, new KeptOpen(channel))) {
                    writer.start();
                    writer.writeBatch();
                    writer.end();
                }
            });
        }
    }

    private static void fill(FieldVector column, FloatArray latents, EncodeOptions options) {
        FixedSizeListVector lists = (FixedSizeListVector) column;
        float[] values = latents.values();
        lists.allocateNew();
        if (options.storage() == Storage.FLOAT32) {
            Float4Vector items = (Float4Vector) lists.getDataVector();
            items.allocateNew(values.length);
            for (int i = 0; i < values.length; i++) {
                items.set(i, values[i]);
            }
            items.setValueCount(values.length);
        } else {
            Float2Vector items = (Float2Vector) lists.getDataVector();
            items.allocateNew(values.length);
            for (int i = 0; i < values.length; i++) {
                items.setWithPossibleTruncate(i, values[i]);
            }
            items.setValueCount(values.length);
        }
        for (int row = 0; row < latents.rows(); row++) {
            lists.setNotNull(row);
        }
        lists.setValueCount(latents.rows());
    }

    private static FieldVector vector(VectorSchemaRoot root, String name) {
        FieldVector vector = root.getVector(name);
        if (vector == null) {
            throw new IllegalStateException("the schema has no column " + name);
        }
        return vector;
    }

    /** A channel that is not the writer's to close: it is fsynced afterwards. */
    private record KeptOpen(WritableByteChannel channel) implements WritableByteChannel {
        @Override
        public int write(ByteBuffer bytes) throws IOException {
            return channel.write(bytes);
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() {
            // left to its owner
        }
    }
}
