package org.ppflow.data.codec;

import org.ppflow.data.picture.PictureSet;
import org.ppflow.nn.array.FloatArray;

/**
 * Orthonormal 2×2 Haar transform of the pixels in [−1, 1]: C × H × W becomes 4C × H/2 × W/2. For each channel in turn: mean,
 * left minus right, top minus bottom, diagonal. No weights; decoding is the exact inverse, so 8-bit pictures come back as they
 * were.
 */
final class Haar implements Codec {
    private static final int BANDS = 4;
    private static final Pixels PIXELS = new Pixels();

    @Override
    public String name() {
        return "haar";
    }

    @Override
    public int[] latentShape(int height, int width, int channels) {
        if (height % 2 != 0 || width % 2 != 0) {
            throw new IllegalArgumentException("codec: haar needs even sizes, got " + height + "x" + width);
        }
        return new int[] {BANDS * channels, height / 2, width / 2};
    }

    @Override
    public FloatArray encode(PictureSet pictures) {
        int[] shape = latentShape(pictures.height(), pictures.width(), pictures.channels());
        float[] x = PIXELS.encode(pictures).values();
        FloatArray latents = FloatArray.zeros(pictures.count(), shape[0], shape[1], shape[2]);
        float[] z = latents.values();
        int plane = shape[1] * shape[2];
        for (int channel = 0; channel < pictures.count() * pictures.channels(); channel++) {
            for (int i = 0; i < plane; i++) {
                int pixel = pixel(channel, i, shape[1], shape[2]);
                int below = pixel + 2 * shape[2];
                float a = x[pixel];
                float b = x[pixel + 1];
                float c = x[below];
                float d = x[below + 1];
                int band = channel * BANDS * plane + i;
                z[band] = (a + b + c + d) / 2;
                z[band + plane] = (a - b + c - d) / 2;
                z[band + 2 * plane] = (a + b - c - d) / 2;
                z[band + 3 * plane] = (a - b - c + d) / 2;
            }
        }
        return latents;
    }

    @Override
    public byte[] decode(FloatArray latents) {
        int[] shape = latents.shape();
        if (shape[1] % BANDS != 0) {
            throw new IllegalArgumentException("haar latents need a multiple of 4 channels, got " + latents);
        }
        float[] z = latents.values();
        FloatArray pictures = FloatArray.zeros(shape[0], shape[1] / BANDS, 2 * shape[2], 2 * shape[3]);
        float[] x = pictures.values();
        int plane = shape[2] * shape[3];
        for (int channel = 0; channel < shape[0] * shape[1] / BANDS; channel++) {
            for (int i = 0; i < plane; i++) {
                int band = channel * BANDS * plane + i;
                float mean = z[band];
                float across = z[band + plane];
                float down = z[band + 2 * plane];
                float diagonal = z[band + 3 * plane];
                int pixel = pixel(channel, i, shape[2], shape[3]);
                int below = pixel + 2 * shape[3];
                x[pixel] = (mean + across + down + diagonal) / 2;
                x[pixel + 1] = (mean - across + down - diagonal) / 2;
                x[below] = (mean + across - down - diagonal) / 2;
                x[below + 1] = (mean - across - down + diagonal) / 2;
            }
        }
        return PIXELS.decode(pictures);
    }

    /** Index of the top-left pixel of block i of a channel whose latent is height × width. */
    private static int pixel(int channel, int i, int height, int width) {
        return channel * 4 * height * width + 2 * (i / width) * 2 * width + 2 * (i % width);
    }
}
