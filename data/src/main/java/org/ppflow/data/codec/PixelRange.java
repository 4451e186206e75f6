package org.ppflow.data.codec;

import org.ppflow.data.picture.PictureBatch;
import org.ppflow.nn.array.FloatArray;

/** Between uint8 pixels and [−1, 1]: x/127.5 − 1, and back by the nearest level, clamped. */
public final class PixelRange {
    private static final float[] FROM_BYTE = new float[256];

    static {
        for (int level = 0; level < FROM_BYTE.length; level++) {
            FROM_BYTE[level] = (float) (level / 127.5 - 1);
        }
    }

    private PixelRange() {}

    /** uint8 (N, H, W, C) → [−1, 1] (N, C, H, W). */
    public static FloatArray toUnit(PictureBatch pictures) {
        int channels = pictures.channels();
        int channelSize = pictures.height() * pictures.width();
        byte[] pixels = pictures.pixels();
        float[] values = new float[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            int place = i / channels;
            int row = place / channelSize;
            int target = (row * channels + i % channels) * channelSize + place % channelSize;
            values[target] = FROM_BYTE[pixels[i] & 0xFF];
        }
        return new FloatArray(new int[] {pictures.count(), channels, pictures.height(), pictures.width()}, values);
    }

    /**
     * [−1, 1] (N, C, H, W) → uint8 (N, H, W, C).
     *
     * @throws IllegalArgumentException where a value is not a number
     */
    public static PictureBatch toBytes(FloatArray unit) {
        int[] shape = unit.shape();
        int channels = shape[1];
        int channelSize = shape[2] * shape[3];
        float[] values = unit.values();
        byte[] pixels = new byte[values.length];
        for (int i = 0; i < pixels.length; i++) {
            int place = i / channels;
            int row = place / channelSize;
            float value = values[(row * channels + i % channels) * channelSize + place % channelSize];
            if (Float.isNaN(value)) {
                throw new IllegalArgumentException(
                        "row " + row + " of " + unit + " holds a value that is not a number");
            }
            // In double: the nearest level must not depend on how float32 rounds (value + 1)·127.5.
            pixels[i] = (byte) Math.max(0, Math.min(255, Math.round((value + 1.0) * 127.5)));
        }
        return new PictureBatch(shape[0], shape[2], shape[3], channels, pixels);
    }
}
