package org.ppflow.eval.images;

/**
 * Pictures handed to a feature network.
 *
 * @param pixels uint8 0–255, picture by picture, channels last (NHWC)
 * @param height of each
 * @param width of each
 * @param channels of each
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ImageBatch(byte[] pixels, int height, int width, int channels) {
    public ImageBatch {
        if (height < 1 || width < 1 || channels < 1 || pixels.length % bytes(height, width, channels) != 0) {
            throw new IllegalArgumentException(pixels.length + " bytes are no whole number of pictures of " + height
                    + "x" + width + "x" + channels);
        }
    }

    /** Size of each. */
    public ImageShape shape() {
        return new ImageShape(height, width, channels);
    }

    /** Number of pictures. */
    public int count() {
        return (int) (pixels.length / bytes(height, width, channels));
    }

    private static long bytes(int height, int width, int channels) {
        return Math.multiplyExact((long) height * width, (long) channels);
    }
}
