package org.ppflow.eval.images;

/**
 * Size of a picture of uint8 pixels, 0 to 255, stored (H, W, C).
 *
 * @param height rows, at least 1
 * @param width columns, at least 1
 * @param channels 1 (grey) or 3 (red, green, blue)
 */
public record ImageFormat(int height, int width, int channels) {
    public ImageFormat {
        if (height < 1 || width < 1 || (channels != 1 && channels != 3)) {
            throw new IllegalArgumentException("a picture cannot be " + height + "x" + width + "x" + channels);
        }
        Math.multiplyExact(Math.multiplyExact(height, width), channels);
    }

    /** Bytes of one picture. */
    public int bytes() {
        return height * width * channels;
    }

    /** {@code 32x32x1}: height, width, channels. */
    @Override
    public String toString() {
        return height + "x" + width + "x" + channels;
    }
}
