package org.ppflow.eval.images;

/**
 * What all pictures of a source have in common.
 *
 * @param height at least 1
 * @param width at least 1
 * @param channels 3, or 1 for grey
 */
public record ImageShape(int height, int width, int channels) {
    public ImageShape {
        if (height < 1 || width < 1 || channels < 1) {
            throw new IllegalArgumentException("pictures of " + height + "x" + width + "x" + channels + " cannot be");
        }
    }

    /** Bytes of one picture. */
    public int bytes() {
        return Math.multiplyExact(Math.multiplyExact(height, width), channels);
    }

    @Override
    public String toString() {
        return height + "x" + width + "x" + channels;
    }
}
