package org.ppflow.nn.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ppflow.nn.errors.BadInputException;

/**
 * Header of a npy array, versions 1 to 3.
 *
 * @param description NumPy's type string: {@code <f4}
 * @param columnMajor whether the first axis varies fastest
 * @param shape axis lengths
 * @param bytes length of the whole header, magic included
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">the format</a>
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record NpyHeader(String description, boolean columnMajor, int[] shape, int bytes) {
    static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    private static final int MAX_TEXT_BYTES = 1 << 16;
    private static final int ALIGNMENT = 64;

    /**
     * Reads a header from the start of a stream.
     *
     * @param where named in errors
     */
    static NpyHeader read(InputStream in, String where) throws IOException {
        byte[] magic = in.readNBytes(MAGIC.length);
        if (!Arrays.equals(magic, MAGIC)) {
            throw BadInputException.at(where)
                    .found("no npy array: it does not start with \\x93NUMPY")
                    .expected("an array as NumPy saves it")
                    .build();
        }
        int major = next(in, where);
        int minor = next(in, where);
        if (major < 1 || major > 3 || minor != 0) {
            throw BadInputException.at(where)
                    .found("npy version " + major + "." + minor)
                    .expected("1.0, 2.0 or 3.0")
                    .build();
        }
        int lengthBytes = major == 1 ? 2 : 4;
        long length = 0;
        for (int i = 0; i < lengthBytes; i++) {
            length |= (long) next(in, where) << (8 * i);
        }
        if (length > MAX_TEXT_BYTES) {
            throw BadInputException.at(where)
                    .found("a npy header of " + length + " bytes")
                    .expected("at most " + MAX_TEXT_BYTES)
                    .build();
        }
        byte[] text = in.readNBytes((int) length);
        if (text.length < length) {
            throw cutOff(where);
        }
        String dictionary = new String(text, major == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        int bytes = MAGIC.length + 2 + lengthBytes + text.length;
        return new NpyHeaderParser(dictionary, where).parse(bytes);
    }

    private static int next(InputStream in, String where) throws IOException {
        int value = in.read();
        if (value < 0) {
            throw cutOff(where);
        }
        return value;
    }

    private static BadInputException cutOff(String where) {
        return BadInputException.at(where)
                .found("a npy header that is cut off")
                .expected("a whole array")
                .build();
    }

    /** Type and shape under a name; refuses what is no array of numbers. */
    TensorInfo info(String name, String where) {
        Optional<TensorType> type = TensorType.ofNpy(description);
        if (type.isPresent()) {
            return new TensorInfo(name, type.get(), shape);
        }
        if (description.contains("O")) {
            throw BadInputException.at(where)
                    .found("an array of pickled Python objects (" + description + ")")
                    .expected("numbers; pickled objects are not read")
                    .advice("save it again with an astype to a type of numbers")
                    .build();
        }
        throw BadInputException.at(where)
                .found("an array of type " + description)
                .expected("one of "
                        + Arrays.stream(TensorType.values())
                                .flatMap(known -> known.npyDescription().stream())
                                .collect(Collectors.joining(" ")))
                .build();
    }

    /** The header bytes that NumPy itself would write for a tensor. */
    static byte[] write(TensorInfo info) {
        String description = info.type()
                .npyDescription()
                .orElseThrow(() -> new IllegalArgumentException("NumPy has no type for " + info));
        int[] shape = info.shape();
        String axes = IntStream.of(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        String dictionary = "{'descr': '" + description + "', 'fortran_order': False, 'shape': (" + axes
                + (shape.length == 1 ? "," : "") + "), }";
        int fixed = MAGIC.length + 4;
        int total = (fixed + dictionary.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        byte[] header = new byte[total];
        Arrays.fill(header, (byte) ' ');
        System.arraycopy(MAGIC, 0, header, 0, MAGIC.length);
        header[6] = 1;
        header[7] = 0;
        header[8] = (byte) (total - fixed);
        header[9] = (byte) ((total - fixed) >>> 8);
        byte[] text = dictionary.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, header, fixed, text.length);
        header[total - 1] = '\n';
        return header;
    }
}
