package org.ppflow.nn.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;

/**
 * An open file of named tensors, read one at a time and straight from disk: what is held in memory is the tensor asked for
 * and a buffer of 1 MiB, unless a format says more. Reading from several threads is allowed. Content that is wrong is a
 * {@link BadInputException}, a disk that fails an {@link IOException}.
 */
public interface TensorFile extends AutoCloseable {
    /** The file. */
    Path path();

    /** All names, in the order of their data in the file; reading in this order is fastest. */
    List<String> names();

    /** Whether there is a tensor of this name. */
    boolean contains(String name);

    /** Type and shape of a tensor; a {@link BadInputException} that lists what is there if there is none of this name. */
    TensorInfo info(String name) throws IOException;

    /** Free text that the file carries, sorted by key; empty for formats that carry none. */
    Map<String, String> metadata();

    /**
     * The elements as they are stored: little-endian, row-major, exactly {@link TensorInfo#byteSize()} bytes. The caller
     * closes the stream. The only way to read a tensor larger than a Java array can be.
     */
    InputStream stream(String name) throws IOException;

    /** The elements of {@link #stream} as one little-endian buffer on the heap, at most 2 GiB. */
    default ByteBuffer bytes(String name) throws IOException {
        TensorInfo info = info(name);
        ByteBuffer all = ByteBuffer.allocate(Elements.arrayLength(this, info, info.byteSize()));
        Elements.eachChunk(this, info, all::put);
        return all.flip().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The elements as float32, rounded where the stored type has more digits; at most 2³¹ − 9 of them. */
    default FloatArray floats(String name) throws IOException {
        TensorInfo info = info(name);
        float[] values = new float[Elements.arrayLength(this, info, info.size())];
        readFloats(name, FloatBuffer.wrap(values));
        return new FloatArray(info.shape(), values);
    }

    /**
     * The elements as float32 into memory of the caller's, say a tensor's; no other memory but the chunk is used.
     *
     * @param target as many free places as the tensor has elements
     */
    default void readFloats(String name, FloatBuffer target) throws IOException {
        TensorInfo info = info(name);
        if (target.remaining() != info.size()) {
            throw new IllegalArgumentException(
                    info + " has " + info.size() + " elements, the target " + target.remaining());
        }
        Elements.eachChunk(this, info, chunk -> Elements.toFloats(info.type(), chunk, target));
    }

    /**
     * Hands the elements as float32 to a reader, row-major, a chunk at a time: for a target that is no Java memory.
     *
     * @param reader gets a buffer that is used again for the next chunk
     */
    default void eachFloats(String name, Consumer<FloatBuffer> reader) throws IOException {
        TensorInfo info = info(name);
        FloatBuffer floats = FloatBuffer.allocate(
                (int) Math.min(info.size(), Elements.CHUNK_BYTES / info.type().bytes()));
        Elements.eachChunk(this, info, chunk -> {
            Elements.toFloats(info.type(), chunk, floats.clear());
            reader.accept(floats.flip());
        });
    }

    /** The elements as float64, row-major; exact but for 64-bit integers beyond 2⁵³. */
    default double[] doubles(String name) throws IOException {
        TensorInfo info = info(name);
        double[] values = new double[Elements.arrayLength(this, info, info.size())];
        DoubleBuffer target = DoubleBuffer.wrap(values);
        Elements.eachChunk(this, info, chunk -> Elements.toDoubles(info.type(), chunk, target));
        return values;
    }

    /** The elements of a tensor of integers or booleans, row-major, exact; floating-point tensors are refused. */
    default long[] longs(String name) throws IOException {
        TensorInfo info = info(name);
        if (info.type().isFloating()) {
            throw BadInputException.at(path().toString())
                    .found(name + " has type " + info.type())
                    .expected("integers")
                    .build();
        }
        long[] values = new long[Elements.arrayLength(this, info, info.size())];
        LongBuffer target = LongBuffer.wrap(values);
        Elements.eachChunk(this, info, chunk -> Elements.toLongs(info.type(), chunk, target));
        return values;
    }

    @Override
    void close() throws IOException;
}
