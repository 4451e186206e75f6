package org.ppflow.data.picture;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Pictures of one size with their classes, all in memory: one byte a pixel and channel.
 *
 * @param height of each picture
 * @param width of each picture
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param pixels uint8 0–255, picture by picture, row by row, channels last (NHWC)
 * @param labels class of each picture, an index into the names
 * @param sources name of each picture inside its data set
 * @param classNames names of the classes
 */
@SuppressWarnings("ArrayRecordComponent") // large and never compared
public record PictureSet(
        int height,
        int width,
        int channels,
        byte[] pixels,
        int[] labels,
        List<String> sources,
        List<String> classNames) {
    public PictureSet {
        if (height < 1 || width < 1 || (channels != 1 && channels != 3)) {
            throw new IllegalArgumentException(
                    "size " + height + "x" + width + "x" + channels + " must be at least 1x1, with 1 or 3 channels");
        }
        if (pixels.length != (long) labels.length * height * width * channels || sources.size() != labels.length) {
            throw new IllegalArgumentException(labels.length + " labels and " + sources.size() + " names for "
                    + pixels.length + " bytes of pictures of " + height + "x" + width + "x" + channels);
        }
        sources = List.copyOf(sources);
        classNames = List.copyOf(classNames);
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classNames.size()) {
                throw new IllegalArgumentException(
                        "label " + labels[i] + " of picture " + i + " is outside [0, " + classNames.size() + ")");
            }
        }
    }

    /** Number of pictures. */
    public int count() {
        return labels.length;
    }

    /** Bytes of one picture. */
    public int pictureSize() {
        return height * width * channels;
    }

    /** A copy of one picture's bytes. */
    public byte[] picture(int index) {
        return Arrays.copyOfRange(pixels, index * pictureSize(), (index + 1) * pictureSize());
    }

    /** The pictures whose index passes, in order. */
    public PictureSet select(IntPredicate wanted) {
        int[] rows = IntStream.range(0, count()).filter(wanted).toArray();
        byte[] selected = new byte[rows.length * pictureSize()];
        int[] selectedLabels = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(pixels, rows[i] * pictureSize(), selected, i * pictureSize(), pictureSize());
            selectedLabels[i] = labels[rows[i]];
        }
        List<String> names = Arrays.stream(rows).mapToObj(sources::get).toList();
        return new PictureSet(height, width, channels, selected, selectedLabels, names, classNames);
    }

    /** The pictures seen in a mirror: left and right exchanged. */
    public PictureSet mirrored() {
        byte[] turned = new byte[pixels.length];
        for (int row = 0; row < count() * height; row++) {
            for (int column = 0; column < width; column++) {
                System.arraycopy(
                        pixels,
                        (row * width + column) * channels,
                        turned,
                        (row * width + width - 1 - column) * channels,
                        channels);
            }
        }
        return new PictureSet(height, width, channels, turned, labels, sources, classNames);
    }

    /**
     * The pictures in the middle of larger black ones.
     *
     * @param size new height and width, at least the old ones
     */
    public PictureSet padded(int size) {
        if (size < height || size < width) {
            throw new IllegalArgumentException(
                    "size: " + size + " is smaller than the pictures, " + height + "x" + width);
        }
        byte[] larger = new byte[count() * size * size * channels];
        int top = (size - height) / 2;
        int left = (size - width) / 2;
        for (int picture = 0; picture < count(); picture++) {
            for (int row = 0; row < height; row++) {
                System.arraycopy(
                        pixels,
                        (picture * height + row) * width * channels,
                        larger,
                        ((picture * size + top + row) * size + left) * channels,
                        width * channels);
            }
        }
        return new PictureSet(size, size, channels, larger, labels, sources, classNames);
    }
}
