package org.ppflow.data.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.ppflow.data.picture.PictureSet;
import org.ppflow.nn.errors.BadInputException;

/**
 * Reads a pair of IDX files (LeCun's format: big-endian magic number, axis lengths, bytes), plain or gzip, told apart by their
 * content. Holds both files unpacked in memory, at most {@value #LARGEST} bytes each.
 */
public final class IdxReader {
    private static final int IMAGES_MAGIC = 0x00000803;
    private static final int LABELS_MAGIC = 0x00000801;
    private static final int GZIP_FIRST = 0x1F;
    private static final int GZIP_SECOND = 0x8B;
    private static final int LARGEST = 1 << 30;
    private static final int LARGEST_SIDE = 1 << 14;

    private IdxReader() {}

    /** Opens a file; called once for each. */
    @FunctionalInterface
    public interface Opener {
        /** The file from its beginning. */
        InputStream open() throws IOException;
    }

    /**
     * Reads pictures with their labels.
     *
     * @param imagesName name of the file of pictures, for errors and for the pictures' own names
     * @param labelsName name of the file of labels
     * @param classNames names of the classes, by label
     * @throws BadInputException if a file is not what it should be
     */
    public static PictureSet read(
            String imagesName, Opener images, String labelsName, Opener labels, List<String> classNames)
            throws IOException {
        ByteBuffer pictures = content(imagesName, images);
        int[] sizes = header(imagesName, pictures, IMAGES_MAGIC, "pictures", 3);
        ByteBuffer classes = content(labelsName, labels);
        int count = header(labelsName, classes, LABELS_MAGIC, "labels", 1)[0];
        if (count != sizes[0]) {
            throw BadInputException.at(labelsName)
                    .found(count + " labels")
                    .expected(sizes[0] + ", one for each picture of " + imagesName)
                    .advice("give two files that belong together")
                    .build();
        }
        int[] labelValues = new int[count];
        List<String> sources = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            labelValues[i] = classes.get() & 0xFF;
            if (labelValues[i] >= classNames.size()) {
                throw BadInputException.at(labelsName + "[" + i + "]")
                        .found("label " + labelValues[i])
                        .expected("0 to " + (classNames.size() - 1))
                        .build();
            }
            sources.add(imagesName + "#" + i);
        }
        byte[] pixels = new byte[pictures.remaining()];
        pictures.get(pixels);
        return new PictureSet(sizes[1], sizes[2], 1, pixels, labelValues, sources, classNames);
    }

    /** Axis lengths, after a check that exactly so many bytes follow. */
    private static int[] header(String name, ByteBuffer file, int magic, String what, int axes) {
        int headerBytes = 4 + 4 * axes;
        if (file.remaining() < headerBytes) {
            throw truncated(name, file.remaining(), headerBytes);
        }
        int found = file.getInt();
        if (found != magic) {
            String hint =
                    found == IMAGES_MAGIC ? ", a file of pictures" : found == LABELS_MAGIC ? ", a file of labels" : "";
            throw BadInputException.at(name)
                    .found(String.format("magic number 0x%08x%s", found, hint))
                    .expected(String.format("0x%08x (IDX, %s as bytes)", magic, what))
                    .build();
        }
        int[] lengths = new int[axes];
        long bytes = 1;
        for (int i = 0; i < axes; i++) {
            lengths[i] = file.getInt();
            boolean side = i > 0;
            if (lengths[i] < (side ? 1 : 0) || (side && lengths[i] > LARGEST_SIDE)) {
                throw BadInputException.at(name)
                        .found("axis " + i + " of length " + Integer.toUnsignedString(lengths[i]))
                        .expected(side ? "1 to " + LARGEST_SIDE : "a count below 2^31")
                        .build();
            }
            bytes = Math.multiplyExact(bytes, (long) lengths[i]);
        }
        if (file.remaining() < bytes) {
            throw truncated(name, file.remaining(), bytes);
        }
        if (file.remaining() > bytes) {
            throw BadInputException.at(name)
                    .found((file.remaining() - bytes) + " bytes after the last of " + lengths[0] + " " + what)
                    .expected("the end of the file")
                    .build();
        }
        return lengths;
    }

    private static BadInputException truncated(String name, long found, long expected) {
        return BadInputException.at(name)
                .found("a file that is cut off: " + found + " bytes")
                .expected(expected + " bytes")
                .advice("fetch it again")
                .build();
    }

    private static ByteBuffer content(String name, Opener opener) throws IOException {
        byte[] raw;
        try (InputStream in = opener.open()) {
            raw = in.readNBytes(LARGEST);
        }
        boolean packed = raw.length >= 2 && (raw[0] & 0xFF) == GZIP_FIRST && (raw[1] & 0xFF) == GZIP_SECOND;
        if (!packed) {
            return ByteBuffer.wrap(raw);
        }
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(raw))) {
            byte[] unpacked = in.readNBytes(LARGEST);
            if (in.read() >= 0) {
                throw BadInputException.at(name)
                        .found("more than " + LARGEST + " bytes when unpacked")
                        .expected("a smaller file")
                        .build();
            }
            return ByteBuffer.wrap(unpacked);
        } catch (IOException e) {
            throw BadInputException.at(name)
                    .found("gzip that cannot be unpacked (" + e.getMessage() + ")")
                    .expected("a whole gzip file")
                    .advice("fetch it again")
                    .cause(e)
                    .build();
        }
    }
}
