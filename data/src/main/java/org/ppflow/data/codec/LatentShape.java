package org.ppflow.data.codec;

/**
 * Shape of one row.
 *
 * @param channels at least 1
 * @param height at least 1
 * @param width at least 1
 */
public record LatentShape(int channels, int height, int width) {
    public LatentShape {
        if (channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException("latent shape " + channels + "x" + height + "x" + width);
        }
        Math.multiplyExact(Math.multiplyExact(channels, height), width);
    }

    /** Number of values. */
    public int size() {
        return channels * height * width;
    }

    /** Number of values in a channel. */
    public int channelSize() {
        return height * width;
    }

    /** {@code 4x16x16}. */
    @Override
    public String toString() {
        return channels + "x" + height + "x" + width;
    }
}
