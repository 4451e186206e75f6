package org.ppflow.data.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ppflow.data.picture.Framing;
import org.ppflow.data.picture.Picture;
import org.ppflow.data.picture.PictureBatch;
import org.ppflow.nn.errors.BadInputException;

/**
 * One part of a source with its pictures brought to one size: what is encoded, what a classifier trains on, what samples are
 * compared with.
 *
 * @param source all pictures
 * @param holdout which rows are kept out
 * @param part which rows are meant
 * @param framing how pictures come to size
 */
public record PictureSelection(PictureSource source, Holdout holdout, Part part, Framing framing) {
    public PictureSelection {
        if (holdout.count(part, source.size()) == 0) {
            throw BadInputException.at(source.name())
                    .found("no row left for the part '" + part.id() + "' of " + source.size() + " pictures")
                    .expected("at least one")
                    .advice("choose another holdout than every " + holdout.every() + ", index " + holdout.index())
                    .build();
        }
    }

    /** Number of rows. */
    public long size() {
        return holdout.count(part, source.size());
    }

    /** The same pictures, other rows of them. */
    public PictureSelection with(Part other) {
        return new PictureSelection(source, holdout, other, framing);
    }

    /** Starts to read at a row of the selection, in [0, size()]. Entries decode to framed pictures, in the source's order. */
    public PictureStream open(long fromRow) throws IOException {
        if (fromRow < 0 || fromRow > size()) {
            throw new IndexOutOfBoundsException("row " + fromRow + " of " + size());
        }
        long sourceRow = fromRow == size() ? source.size() : holdout.sourceRow(part, fromRow);
        return new Selected(source.open(sourceRow), sourceRow);
    }

    /**
     * All pictures at once; for selections known to be small. Memory: theirs, size × size × channels bytes each, in one array.
     *
     * @throws ArithmeticException if they have 2 GiB or more
     */
    public LabelledPictures readAll() throws IOException {
        int[] labels = new int[Math.toIntExact(size())];
        byte[] pixels = new byte[0];
        int channels = 1;
        int row = 0;
        try (PictureStream stream = open(0)) {
            for (PictureEntry next = stream.next(); next != null; next = stream.next()) {
                Picture picture = next.decode().picture();
                int bytes = picture.pixels().length;
                if (row == 0) {
                    pixels = new byte[Math.multiplyExact(bytes, labels.length)];
                    channels = picture.channels();
                }
                if (picture.channels() != channels) {
                    throw new IllegalStateException(
                            next.source() + " has " + picture.channels() + " channels, those before it " + channels);
                }
                System.arraycopy(picture.pixels(), 0, pixels, row * bytes, bytes);
                labels[row] = next.label();
                row++;
            }
        }
        return new LabelledPictures(new PictureBatch(row, framing.size(), framing.size(), channels, pixels), labels);
    }

    /**
     * Some pictures to look at, in the source's order: as many as wanted of each of the first classes, or as there are. Reads up to the last of them and decodes no other.
     *
     * @param each pictures of a class at most
     * @param classes how many classes, from 0
     */
    public LabelledPictures first(int each, int classes) throws IOException {
        List<Picture> pictures = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        int[] found = new int[classes];
        try (PictureStream stream = open(0)) {
            PictureEntry next = stream.next();
            while (next != null && labels.size() < each * classes) {
                int label = next.label();
                if (label < classes && found[label] < each) {
                    pictures.add(next.decode().picture());
                    labels.add(label);
                    found[label]++;
                }
                next = stream.next();
            }
        }
        PictureBatch batch = pictures.isEmpty()
                ? new PictureBatch(0, framing.size(), framing.size(), 1, new byte[0])
                : PictureBatch.of(pictures);
        return new LabelledPictures(
                batch, labels.stream().mapToInt(Integer::intValue).toArray());
    }

    private final class Selected implements PictureStream {
        private final PictureStream all;
        private long row;

        Selected(PictureStream all, long row) {
            this.all = all;
            this.row = row;
        }

        @Override
        public @Nullable PictureEntry next() throws IOException {
            if (!passToNext()) {
                return null;
            }
            PictureEntry next = all.next();
            row++;
            return next == null ? null : new Framed(next, framing);
        }

        @Override
        public boolean skip() throws IOException {
            if (!passToNext()) {
                return false;
            }
            row++;
            return all.skip();
        }

        private boolean passToNext() throws IOException {
            while (row < source.size() && !holdout.contains(part, row)) {
                all.skip();
                row++;
            }
            return row < source.size();
        }

        @Override
        public void close() throws IOException {
            all.close();
        }
    }

    /** Frames where it is decoded: on whatever thread that is. */
    private record Framed(PictureEntry entry, Framing framing) implements PictureEntry {
        @Override
        public int label() {
            return entry.label();
        }

        @Override
        public String source() {
            return entry.source();
        }

        @Override
        public LabelledPicture decode() {
            LabelledPicture whole = entry.decode();
            return new LabelledPicture(
                    framing.frame(whole.picture(), whole.source()), whole.label(), whole.source(), whole.sha256());
        }
    }
}
