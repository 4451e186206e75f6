package org.ppflow.nn.weights;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.ppflow.nn.errors.BadInputException;

/** Turns stored bytes into numbers and back, in pieces of 1 MiB. */
final class Elements {
    /** A multiple of every element size. */
    static final int CHUNK_BYTES = 1 << 20;

    private static final int MAX_ARRAY_LENGTH = Integer.MAX_VALUE - 8;

    private Elements() {}

    /** Length of a Java array for so many elements or bytes of a tensor; refused where no array can be so long. */
    static int arrayLength(TensorFile file, TensorInfo info, long length) {
        if (length > MAX_ARRAY_LENGTH) {
            throw BadInputException.at(file.path().toString())
                    .found(info + " would need an array of length " + length)
                    .expected("at most " + MAX_ARRAY_LENGTH)
                    .build();
        }
        return (int) length;
    }

    /** Hands a tensor's bytes, little-endian and whole elements at a time, to a reader; checks that all are there. */
    static void eachChunk(TensorFile file, TensorInfo info, Consumer<ByteBuffer> reader) throws IOException {
        long remaining = info.byteSize();
        byte[] buffer = new byte[(int) Math.min(CHUNK_BYTES, remaining)];
        try (InputStream in = file.stream(info.name())) {
            while (remaining > 0) {
                int wanted = (int) Math.min(buffer.length, remaining);
                int read = in.readNBytes(buffer, 0, wanted);
                if (read < wanted) {
                    throw BadInputException.at(file.path().toString())
                            .found("the data of " + info + " ends " + (remaining - read) + " bytes early")
                            .expected(info.byteSize() + " bytes")
                            .build();
                }
                reader.accept(ByteBuffer.wrap(buffer, 0, read).order(ByteOrder.LITTLE_ENDIAN));
                remaining -= read;
            }
        }
    }

    static void toFloats(TensorType type, ByteBuffer chunk, FloatBuffer target) {
        switch (type) {
            case F32 -> target.put(chunk.asFloatBuffer());
            case F16 -> {
                while (chunk.hasRemaining()) {
                    target.put(HalfPrecision.fromF16(chunk.getShort()));
                }
            }
            case BF16 -> {
                while (chunk.hasRemaining()) {
                    target.put(HalfPrecision.fromBf16(chunk.getShort()));
                }
            }
            case F64 -> {
                while (chunk.hasRemaining()) {
                    target.put((float) chunk.getDouble());
                }
            }
            default -> {
                while (chunk.hasRemaining()) {
                    target.put((float) nextLong(type, chunk));
                }
            }
        }
    }

    static void toDoubles(TensorType type, ByteBuffer chunk, DoubleBuffer target) {
        switch (type) {
            case F64 -> target.put(chunk.asDoubleBuffer());
            case F32 -> {
                while (chunk.hasRemaining()) {
                    target.put(chunk.getFloat());
                }
            }
            case F16 -> {
                while (chunk.hasRemaining()) {
                    target.put(HalfPrecision.fromF16(chunk.getShort()));
                }
            }
            case BF16 -> {
                while (chunk.hasRemaining()) {
                    target.put(HalfPrecision.fromBf16(chunk.getShort()));
                }
            }
            default -> {
                while (chunk.hasRemaining()) {
                    target.put((double) nextLong(type, chunk));
                }
            }
        }
    }

    static void toLongs(TensorType type, ByteBuffer chunk, LongBuffer target) {
        while (chunk.hasRemaining()) {
            target.put(nextLong(type, chunk));
        }
    }

    private static long nextLong(TensorType type, ByteBuffer chunk) {
        return switch (type) {
            case I64 -> chunk.getLong();
            case I32 -> chunk.getInt();
            case I16 -> chunk.getShort();
            case I8 -> chunk.get();
            case U32 -> chunk.getInt() & 0xFFFFFFFFL;
            case U16 -> chunk.getShort() & 0xFFFF;
            case U8 -> chunk.get() & 0xFF;
            case BOOL -> chunk.get() == 0 ? 0 : 1;
            case F64, F32, F16, BF16 -> throw new IllegalArgumentException(type + " is not a type of integers");
        };
    }

    /** Writes float32 values as a floating-point type. */
    static void writeFloats(float[] values, TensorType type, OutputStream out) throws IOException {
        switch (type) {
            case F32 -> writeSingles(values, out);
            case F64 -> write(values.length, type, out, (chunk, i) -> chunk.putDouble(values[i]));
            case F16 -> write(values.length, type, out, (chunk, i) -> chunk.putShort(HalfPrecision.toF16(values[i])));
            case BF16 -> write(values.length, type, out, (chunk, i) -> chunk.putShort(HalfPrecision.toBf16(values[i])));
            default -> throw new IllegalArgumentException("floats are not written as " + type);
        }
    }

    private static void writeSingles(float[] values, OutputStream out) throws IOException {
        int perChunk = CHUNK_BYTES / Float.BYTES;
        byte[] buffer = new byte[Math.min(values.length, perChunk) * Float.BYTES];
        FloatBuffer chunk =
                ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        for (int from = 0; from < values.length; from += perChunk) {
            int count = Math.min(perChunk, values.length - from);
            chunk.clear().put(values, from, count);
            out.write(buffer, 0, count * Float.BYTES);
        }
    }

    static void writeDoubles(double[] values, OutputStream out) throws IOException {
        write(values.length, TensorType.F64, out, (chunk, i) -> chunk.putDouble(values[i]));
    }

    static void writeLongs(long[] values, OutputStream out) throws IOException {
        write(values.length, TensorType.I64, out, (chunk, i) -> chunk.putLong(values[i]));
    }

    private static void write(int count, TensorType type, OutputStream out, ObjIntConsumer<ByteBuffer> put)
            throws IOException {
        int perChunk = CHUNK_BYTES / type.bytes();
        byte[] buffer = new byte[Math.min(count, perChunk) * type.bytes()];
        ByteBuffer chunk = ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            put.accept(chunk, i);
            if (!chunk.hasRemaining() || i == count - 1) {
                out.write(buffer, 0, chunk.position());
                chunk.clear();
            }
        }
    }
}
