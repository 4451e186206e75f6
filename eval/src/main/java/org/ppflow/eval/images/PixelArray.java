package org.ppflow.eval.images;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.weights.NpzFile;
import org.ppflow.nn.weights.TensorInfo;
import org.ppflow.nn.weights.TensorType;

/** Whether an array of an npz can be pictures, and if not, what it looks like. */
final class PixelArray {
    private static final int AXES = 4;
    private static final int COLOURS = 3;
    private static final int ALPHA = 4;

    /** Of an array of floats, as much is looked at to say what it holds. */
    private static final int LOOKED_AT_BYTES = 64 << 20;

    private PixelArray() {}

    /**
     * The array's description.
     *
     * @param channels wanted
     * @throws BadInputException if it is no uint8 (N, H, W, channels) with N, H, W of at least 1, or shorter or longer than that
     */
    static TensorInfo check(NpzFile file, String name, int channels) throws IOException {
        if (!file.contains(name)) {
            boolean statistics = file.contains("mu");
            BadInputException.Builder error = BadInputException.at(file.path().toString())
                    .found(
                            file.names().isEmpty()
                                    ? "no array"
                                    : "no " + name + " among " + String.join(", ", file.names()))
                    .expected(name + ", uint8 pixels (N, H, W, " + channels + ")");
            throw (statistics
                            ? error.advice("it holds statistics: it can be a reference, not samples")
                            : error.advice("save it with numpy.savez(file, images)"))
                    .build();
        }
        TensorInfo info = file.info(name);
        String where = file.path() + ": " + name;
        if (info.type() != TensorType.U8) {
            throw BadInputException.at(where)
                    .found(
                            info.type().isFloating()
                                    ? floats(file, info)
                                    : numpyName(info.type()) + " pixels of shape " + Arrays.toString(info.shape()))
                    .expected("uint8, 0 to 255")
                    .advice(
                            info.type().isFloating()
                                    ? "convert it: of 0..1 (255 * x).round(), of -1..1 (127.5 * x + 128).clip(0, 255),"
                                            + " then .astype(numpy.uint8)"
                                    : info.type() == TensorType.BOOL
                                            ? "save (255 * images).astype(numpy.uint8)"
                                            : "where all are from 0 to 255, save images.astype(numpy.uint8)")
                    .build();
        }
        checkShape(info.shape(), channels, where);
        return info;
    }

    private static void checkShape(int[] shape, int channels, String where) {
        String wanted = "N, H, W, C with C = " + channels;
        if (shape.length != AXES) {
            throw BadInputException.at(where)
                    .found(shape.length + " axes, shape " + Arrays.toString(shape))
                    .expected(AXES + ": " + wanted)
                    .advice(shape.length == AXES - 1 ? "of grey pictures " + greyAdvice(channels) : "check the array")
                    .build();
        }
        if (shape[0] == 0) {
            throw BadInputException.at(where)
                    .found("no images, shape " + Arrays.toString(shape))
                    .expected("at least one")
                    .build();
        }
        boolean last = shape[3] == 1 || shape[3] == COLOURS || shape[3] == ALPHA;
        if (!last && (shape[1] == 1 || shape[1] == COLOURS)) {
            throw BadInputException.at(where)
                    .found("shape " + Arrays.toString(shape) + ", which looks like N, C, H, W")
                    .expected(wanted)
                    .advice("save images.transpose(0, 2, 3, 1)")
                    .build();
        }
        if (shape[3] != channels) {
            throw BadInputException.at(where)
                    .found(shape[3] + (shape[3] == 1 ? " channel" : " channels") + ", shape " + Arrays.toString(shape))
                    .expected(channels + ", as the network takes")
                    .advice(
                            shape[3] == 1
                                    ? "save numpy.repeat(images, " + COLOURS + ", axis=3)"
                                    : shape[3] == ALPHA ? "drop alpha: images[..., :3]" : "check the array")
                    .build();
        }
        long bytes = (long) shape[1] * shape[2] * shape[3]; // no overflow: the header's reader bounds the product
        if (bytes == 0 || bytes > Integer.MAX_VALUE - 8) {
            throw BadInputException.at(where)
                    .found("pictures of shape " + Arrays.toString(shape))
                    .expected("at least one pixel and less than 2 GiB each")
                    .build();
        }
    }

    /** What makes pictures (N, H, W, C) of pictures (N, H, W). */
    private static String greyAdvice(int channels) {
        return "save "
                + (channels == 1 ? "images[..., None]" : "numpy.repeat(images[..., None], " + channels + ", axis=3)");
    }

    private static String numpyName(TensorType type) {
        return switch (type) {
            case F64 -> "float64";
            case F32 -> "float32";
            case F16 -> "float16";
            case BF16 -> "bfloat16";
            case I64 -> "int64";
            case I32 -> "int32";
            case I16 -> "int16";
            case I8 -> "int8";
            case U32 -> "uint32";
            case U16 -> "uint16";
            case U8 -> "uint8";
            case BOOL -> "bool";
        };
    }

    /** {@code float32 pixels in 0..1}: type, range, and the first value that is no number, in the file's order. */
    private static String floats(NpzFile file, TensorInfo info) throws IOException {
        int width = info.type().bytes();
        long looked = Math.min(info.size(), LOOKED_AT_BYTES / width);
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        long notFinite = -1;
        float found = 0;
        float[] values = new float[1 << 14];
        try (InputStream in = file.asStored(info.name(), 0)) {
            for (long from = 0; from < looked; from += values.length) {
                int n = (int) Math.min(values.length, looked - from);
                ByteBuffer bytes = ByteBuffer.wrap(in.readNBytes(n * width)).order(ByteOrder.LITTLE_ENDIAN);
                info.type().toFloats(bytes, values, 0);
                for (int i = 0; i < n; i++) {
                    if (Float.isFinite(values[i])) {
                        low = Math.min(low, values[i]);
                        high = Math.max(high, values[i]);
                    } else if (notFinite < 0) {
                        notFinite = from + i;
                        found = values[i];
                    }
                }
            }
        }
        String range = low >= 0 && high <= 1
                ? "in 0..1"
                : low >= -1 && high <= 1 ? "in -1..1" : low <= high ? "from " + low + " to " + high : "";
        String text = numpyName(info.type()) + " pixels " + range;
        return (looked < info.size() ? text + " (the first " + looked + " of them)" : text)
                + (notFinite < 0 ? "" : ", " + found + " at " + index(notFinite, info, file.columnMajor(info.name())));
    }

    private static String index(long element, TensorInfo info, boolean columnMajor) {
        int[] shape = info.shape();
        long[] index = new long[shape.length];
        long rest = element;
        for (int i = 0; i < shape.length; i++) {
            int axis = columnMajor ? i : shape.length - 1 - i;
            index[axis] = rest % shape[axis];
            rest /= shape[axis];
        }
        return Arrays.toString(index) + (index.length > 0 ? ", picture " + index[0] : "");
    }
}
