package org.ppflow.nn.weights;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.ppflow.nn.array.FloatArray;

/**
 * One tensor to be written. Its content is asked for only when its turn comes, so that one tensor at a time is in memory.
 *
 * @param info name, type and shape
 * @param body writes the elements
 */
public record TensorSource(TensorInfo info, Body body) {
    /** Writes the elements of one tensor. */
    @FunctionalInterface
    public interface Body {
        /**
         * Writes exactly {@link TensorInfo#byteSize()} bytes, little-endian and row-major; must not close the stream.
         * Called at most once for each file.
         */
        void writeTo(OutputStream out) throws IOException;
    }

    /** Makes an array when it is asked for. */
    @FunctionalInterface
    public interface FloatSupplier {
        /** The array, of the shape that was promised. */
        FloatArray get() throws IOException;
    }

    /** An array as float32. */
    public static TensorSource floats(String name, FloatArray array) {
        return floats(name, TensorType.F32, array.shape(), () -> array);
    }

    /**
     * An array made when its turn comes.
     *
     * @param type a floating-point type; F16 and BF16 round to nearest
     * @param shape shape of the array to come
     */
    public static TensorSource floats(String name, TensorType type, int[] shape, FloatSupplier supplier) {
        if (!type.isFloating()) {
            throw new IllegalArgumentException(name + ": floats are not written as " + type);
        }
        return new TensorSource(new TensorInfo(name, type, shape), out -> {
            FloatArray array = supplier.get();
            if (!Arrays.equals(array.shape(), shape)) {
                throw new IllegalStateException(
                        name + " was promised as " + Arrays.toString(shape) + " and came as " + array);
            }
            Elements.writeFloats(array.values(), type, out);
        });
    }

    /** Values as float64, row-major. */
    public static TensorSource doubles(String name, int[] shape, double... values) {
        TensorInfo info = sized(new TensorInfo(name, TensorType.F64, shape), values.length);
        return new TensorSource(info, out -> Elements.writeDoubles(values, out));
    }

    /** Values as int64, row-major. */
    public static TensorSource longs(String name, int[] shape, long... values) {
        TensorInfo info = sized(new TensorInfo(name, TensorType.I64, shape), values.length);
        return new TensorSource(info, out -> Elements.writeLongs(values, out));
    }

    /** Values as uint8, row-major: pixels. */
    public static TensorSource unsignedBytes(String name, int[] shape, byte... values) {
        TensorInfo info = sized(new TensorInfo(name, TensorType.U8, shape), values.length);
        return new TensorSource(info, out -> out.write(values));
    }

    /** A tensor of an open file, byte for byte; the file stays open until it is written. */
    public static TensorSource copy(TensorFile file, String name) throws IOException {
        return new TensorSource(file.info(name), out -> {
            try (InputStream in = file.stream(name)) {
                in.transferTo(out);
            }
        });
    }

    /** A tensor of an open file in another floating-point type. */
    public static TensorSource convert(TensorFile file, String name, TensorType type) throws IOException {
        return floats(name, type, file.info(name).shape(), () -> file.floats(name));
    }

    private static TensorInfo sized(TensorInfo info, int values) {
        if (info.size() != values) {
            throw new IllegalArgumentException(info + " needs " + info.size() + " values, got " + values);
        }
        return info;
    }
}
