package org.ppflow.data.picture;

import java.util.Arrays;

/**
 * One picture. The bytes are not copied: whoever hands them over does not change them afterwards.
 *
 * @param height rows, at least 1
 * @param width columns, at least 1
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param pixels uint8, (H, W, C)
 */
@SuppressWarnings("ArrayRecordComponent") // equals, hashCode and toString below treat the array by content
public record Picture(int height, int width, int channels, byte[] pixels) {
    public Picture {
        if (height < 1 || width < 1 || (channels != 1 && channels != 3)) {
            throw new IllegalArgumentException("a picture cannot be " + height + "x" + width + "x" + channels);
        }
        if (pixels.length != (long) height * width * channels) {
            throw new IllegalArgumentException("a picture of " + height + "x" + width + "x" + channels + " needs "
                    + (long) height * width * channels + " bytes, got " + pixels.length);
        }
    }

    /** Left and right swapped. */
    public Picture mirrored() {
        byte[] swapped = new byte[pixels.length];
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                int from = (row * width + column) * channels;
                int to = (row * width + width - 1 - column) * channels;
                System.arraycopy(pixels, from, swapped, to, channels);
            }
        }
        return new Picture(height, width, channels, swapped);
    }

    /** {@code 28x28x1}: height, width, channels. */
    public String size() {
        return height + "x" + width + "x" + channels;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Picture that
                && height == that.height
                && width == that.width
                && channels == that.channels
                && Arrays.equals(pixels, that.pixels);
    }

    @Override
    public int hashCode() {
        return 31 * (height * 31 + width) + Arrays.hashCode(pixels);
    }

    @Override
    public String toString() {
        return "Picture " + size();
    }
}
