package org.ppflow.data.codec;

import org.ppflow.data.picture.PictureSet;
import org.ppflow.nn.array.FloatArray;

/** Identity on pixels in [−1, 1]: value / 127.5 − 1, channels first. */
final class Pixels implements Codec {
    private static final float HALF_RANGE = 127.5f;

    @Override
    public String name() {
        return "pixels";
    }

    @Override
    public int[] latentShape(int height, int width, int channels) {
        return new int[] {channels, height, width};
    }

    @Override
    public FloatArray encode(PictureSet pictures) {
        int channels = pictures.channels();
        int plane = pictures.height() * pictures.width();
        FloatArray latents = FloatArray.zeros(pictures.count(), channels, pictures.height(), pictures.width());
        float[] values = latents.values();
        byte[] pixels = pictures.pixels();
        for (int picture = 0; picture < pictures.count(); picture++) {
            int start = picture * plane * channels;
            for (int i = 0; i < plane; i++) {
                for (int c = 0; c < channels; c++) {
                    // (N, H, W, C) -> (N, C, H, W)
                    values[start + c * plane + i] = (pixels[start + i * channels + c] & 0xFF) / HALF_RANGE - 1;
                }
            }
        }
        return latents;
    }

    @Override
    public byte[] decode(FloatArray latents) {
        int channels = latents.shape()[1];
        int plane = latents.shape()[2] * latents.shape()[3];
        float[] values = latents.values();
        byte[] pixels = new byte[values.length];
        for (int picture = 0; picture < latents.rows(); picture++) {
            int start = picture * plane * channels;
            for (int i = 0; i < plane; i++) {
                for (int c = 0; c < channels; c++) {
                    pixels[start + i * channels + c] = toByte(values[start + c * plane + i]);
                }
            }
        }
        return pixels;
    }

    /** A NaN becomes 0. */
    private static byte toByte(float value) {
        return (byte) Math.max(0, Math.min(255, Math.round((value + 1) * HALF_RANGE)));
    }
}
