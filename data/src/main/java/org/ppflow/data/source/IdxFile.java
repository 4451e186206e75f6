package org.ppflow.data.source;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.ppflow.nn.errors.BadInputException;

/**
 * One file in the IDX format, plain or packed by gzip; its first bytes decide, not its name. IDX: big-endian magic number
 * 00 00 08 RANK for uint8 values, the axis lengths as int32, then the values.
 *
 * @param name what errors call it
 * @param opener opens it from the start
 */
record IdxFile(String name, Opener opener) {
    static final int IMAGES = 0x00000803;
    static final int LABELS = 0x00000801;

    /** Longest side of a picture, in pixels; keeps every product of a header's lengths inside a long. */
    private static final int MAX_SIDE = 1 << 15;

    private static final int BUFFER_BYTES = 1 << 16;
    private static final String PACKED = ".gz";

    /** Opens a stream from the start. */
    @FunctionalInterface
    interface Opener {
        InputStream open() throws IOException;
    }

    /** Axis lengths, the first of them the number of records. */
    record Header(int magic, List<Integer> shape) {
        int records() {
            return shape.get(0);
        }

        long recordBytes() {
            return shape.stream().skip(1).mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
        }

        long values() {
            return recordBytes() * records();
        }

        String text() {
            return shape.stream().map(String::valueOf).collect(Collectors.joining("x"));
        }
    }

    static IdxFile at(Path file) {
        return new IdxFile(file.toString(), () -> Files.newInputStream(file));
    }

    /** Name without folder and {@code .gz}. */
    String shortName() {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        return last.endsWith(PACKED) ? last.substring(0, last.length() - PACKED.length()) : last;
    }

    /** A stream of the unpacked bytes, from the start. */
    InputStream open() throws IOException {
        BufferedInputStream raw = new BufferedInputStream(opener.open(), BUFFER_BYTES);
        try {
            raw.mark(2);
            int first = raw.read();
            int second = raw.read();
            raw.reset();
            boolean packed = first == 0x1F && second == 0x8B;
            return packed ? new BufferedInputStream(new GZIPInputStream(raw, BUFFER_BYTES), BUFFER_BYTES) : raw;
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw readingFailed(e);
        }
    }

    /** Reads the header and leaves the stream at the first value. */
    Header readHeader(InputStream in, int magic) throws IOException {
        int found = readInt(in);
        if (found != magic) {
            throw BadInputException.at(name)
                    .found("magic number " + hex(found) + meaning(found))
                    .expected(hex(magic) + meaning(magic))
                    .advice("give an IDX file of unsigned bytes, plain or packed by gzip")
                    .build();
        }
        Integer[] shape = new Integer[magic & 0xFF];
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = readInt(in);
            int longest = axis == 0 ? Integer.MAX_VALUE : MAX_SIDE;
            if (shape[axis] < 1 || shape[axis] > longest) {
                throw BadInputException.at(name)
                        .found("length " + shape[axis] + " of axis " + axis)
                        .expected("1 to " + longest)
                        .build();
            }
        }
        return new Header(magic, List.of(shape));
    }

    /** Fills the target with the next values. */
    void readValues(InputStream in, byte[] target) throws IOException {
        try {
            if (in.readNBytes(target, 0, target.length) < target.length) {
                throw truncated("the values end too early");
            }
        } catch (EOFException | ZipException e) {
            throw readingFailed(e);
        }
    }

    /**
     * Reads the whole file once: header, exact length, and a digest of the unpacked bytes. Bound: one buffer.
     *
     * @param digest of all unpacked bytes afterwards
     */
    Header check(int magic, MessageDigest digest) throws IOException {
        try (InputStream in = new DigestInputStream(open(), digest)) {
            Header header = readHeader(in, magic);
            byte[] buffer = new byte[BUFFER_BYTES];
            long values = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                values += read;
            }
            if (values < header.values()) {
                throw truncated("the header says " + header.text() + ", " + header.values() + " values, but only "
                        + values + " follow");
            }
            if (values > header.values()) {
                throw BadInputException.at(name)
                        .found(values - header.values() + " trailing bytes after the values")
                        .expected(header.text() + ", " + header.values() + " values, and the end")
                        .build();
            }
            return header;
        } catch (EOFException | ZipException e) {
            throw readingFailed(e);
        }
    }

    private int readInt(InputStream in) throws IOException {
        byte[] bytes = new byte[4];
        int read;
        try {
            read = in.readNBytes(bytes, 0, bytes.length);
        } catch (EOFException | ZipException e) {
            throw readingFailed(e);
        }
        if (read < bytes.length) {
            throw truncated("the header ends too early, after " + Arrays.toString(Arrays.copyOf(bytes, read)));
        }
        return bytes[0] << 24 | (bytes[1] & 0xFF) << 16 | (bytes[2] & 0xFF) << 8 | (bytes[3] & 0xFF);
    }

    private BadInputException truncated(String what) {
        return BadInputException.at(name)
                .found("a truncated file: " + what)
                .expected("a complete IDX file")
                .advice("fetch the file again")
                .build();
    }

    /** What gzip says of a broken file is bad input; anything else stays what it is. */
    private IOException readingFailed(Exception e) throws IOException {
        if (e instanceof EOFException || e instanceof ZipException) {
            throw BadInputException.at(name)
                    .found("a truncated or damaged gzip file (" + e.getMessage() + ")")
                    .expected("a complete gzip file")
                    .advice("fetch the file again")
                    .cause(e)
                    .build();
        }
        if (e instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        return (IOException) e;
    }

    private static String hex(int value) {
        return String.format(java.util.Locale.ROOT, "0x%08X", value);
    }

    private static String meaning(int magic) {
        return magic == IMAGES ? " (images)" : magic == LABELS ? " (labels)" : "";
    }
}
