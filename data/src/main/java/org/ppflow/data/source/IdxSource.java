package org.ppflow.data.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.ppflow.data.picture.Picture;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.Sha256;

/**
 * Grey pictures from a pair of IDX files. Both files are read once when the source is made, so that a damaged one is found
 * before work starts. In memory: the labels, one byte a picture.
 */
public final class IdxSource implements PictureSource {
    private final String name;
    private final IdxFile images;
    private final int height;
    private final int width;
    private final byte[] labels;
    private final List<String> classNames;
    private final String sha256;

    private IdxSource(
            String name, IdxFile images, IdxFile.Header header, byte[] labels, List<String> classNames, String sha256) {
        this.name = name;
        this.images = images;
        this.height = header.shape().get(1);
        this.width = header.shape().get(2);
        this.labels = labels;
        this.classNames = classNames;
        this.sha256 = sha256;
    }

    /** A pair of files, plain or packed by gzip. Classes are named by their number, 0 to the largest label. */
    public static IdxSource of(Path images, Path labels) throws IOException {
        return of(images.toString(), IdxFile.at(images), IdxFile.at(labels), Sha256.digest(), Sha256.digest());
    }

    /**
     * A pair of files under a name.
     *
     * @param imagesDigest updated with the unpacked image file; likewise {@code labelsDigest}
     */
    static IdxSource of(
            String name, IdxFile images, IdxFile labels, MessageDigest imagesDigest, MessageDigest labelsDigest)
            throws IOException {
        IdxFile.Header header = images.check(IdxFile.IMAGES, imagesDigest);
        IdxFile.Header labelsHeader = labels.check(IdxFile.LABELS, labelsDigest);
        if (labelsHeader.records() != header.records()) {
            throw BadInputException.at(labels.name())
                    .found(labelsHeader.records() + " labels")
                    .expected(header.records() + ", one for each picture of " + images.name())
                    .advice("give the label file that belongs to the image file")
                    .build();
        }
        byte[] values = new byte[labelsHeader.records()];
        try (InputStream in = labels.open()) {
            labels.readHeader(in, IdxFile.LABELS);
            labels.readValues(in, values);
        }
        int largest = IntStream.range(0, values.length)
                .map(i -> values[i] & 0xFF)
                .max()
                .orElse(0);
        List<String> classNames =
                IntStream.rangeClosed(0, largest).mapToObj(Integer::toString).toList();
        // Both hashes in one: the pair is the source.
        String sha256 = Sha256.of(Sha256.hex(imagesDigest.digest()) + Sha256.hex(labelsDigest.digest()));
        return new IdxSource(name, images, header, values, classNames, sha256);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String sha256() {
        return sha256;
    }

    @Override
    public long size() {
        return labels.length;
    }

    @Override
    public List<String> classNames() {
        return classNames;
    }

    @Override
    public boolean padded() {
        return true;
    }

    /** False: the format holds digits and letters, which mean something else in a mirror. */
    @Override
    public boolean mirror() {
        return false;
    }

    @Override
    public PictureStream open(long fromRow) throws IOException {
        if (fromRow < 0 || fromRow > labels.length) {
            throw new IndexOutOfBoundsException("row " + fromRow + " of " + labels.length);
        }
        InputStream in = images.open();
        try {
            images.readHeader(in, IdxFile.IMAGES);
            in.skipNBytes(fromRow * height * width);
            return new Stream(in, (int) fromRow);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private final class Stream implements PictureStream {
        private final InputStream in;
        private int row;

        Stream(InputStream in, int row) {
            this.in = in;
            this.row = row;
        }

        @Override
        public @Nullable PictureEntry next() throws IOException {
            if (row == labels.length) {
                return null;
            }
            byte[] pixels = new byte[height * width];
            images.readValues(in, pixels);
            return new Entry(labels[row] & 0xFF, images.shortName() + "#" + row++, height, width, pixels);
        }

        @Override
        public boolean skip() throws IOException {
            if (row == labels.length) {
                return false;
            }
            in.skipNBytes((long) height * width);
            row++;
            return true;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    /** The format stores pixels as they are. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Entry(int label, String source, int height, int width, byte[] pixels) implements PictureEntry {
        @Override
        public LabelledPicture decode() {
            return new LabelledPicture(new Picture(height, width, 1, pixels), label, source, Sha256.of(pixels));
        }
    }
}
