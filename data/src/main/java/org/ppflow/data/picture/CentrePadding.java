package org.ppflow.data.picture;

import org.ppflow.nn.errors.BadInputException;

/**
 * Black (0) around the picture, the same on both sides; an odd remainder goes right and below.
 *
 * @param size side of the square result, in pixels
 */
public record CentrePadding(int size) implements Framing {
    /** Name in shards. */
    public static final String NAME = "pad-center";

    public CentrePadding {
        if (size < 1) {
            throw new IllegalArgumentException("size " + size + " must be at least 1");
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Picture frame(Picture picture, String where) {
        if (picture.height() > size || picture.width() > size) {
            throw BadInputException.at(where)
                    .found("a picture of " + picture.height() + "x" + picture.width() + " pixels")
                    .expected("at most " + size + "x" + size)
                    .advice("choose a larger size; padding does not shrink pictures")
                    .build();
        }
        int channels = picture.channels();
        int top = (size - picture.height()) / 2;
        int left = (size - picture.width()) / 2;
        int rowBytes = picture.width() * channels;
        byte[] framed = new byte[size * size * channels];
        for (int row = 0; row < picture.height(); row++) {
            System.arraycopy(
                    picture.pixels(), row * rowBytes, framed, ((top + row) * size + left) * channels, rowBytes);
        }
        return new Picture(size, size, channels, framed);
    }
}
