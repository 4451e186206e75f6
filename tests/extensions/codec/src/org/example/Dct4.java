package org.example;

import java.util.Optional;
import org.ppflow.data.codec.Codec;
import org.ppflow.data.codec.LatentScaling;
import org.ppflow.data.codec.LatentShape;
import org.ppflow.data.codec.PixelRange;
import org.ppflow.data.picture.PictureBatch;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;

/** Orthonormal cosine transform of 4×4 blocks: C×H×W → 16C×H/4×W/4; frequency (p, q) of channel c becomes channel 16c + 4p + q. */
public final class Dct4 implements Codec {
    private static final int N = 4;

    /** A row a frequency, a column a pixel of the block; orthonormal, so its transpose is its inverse. */
    private static final double[][] BASIS = new double[N * N][N * N];

    static {
        for (int k = 0; k < N * N * N * N; k++) {
            BASIS[k / (N * N)][k % (N * N)] = wave(k / (N * N * N), k / N % N) * wave(k / (N * N) % N, k % N);
        }
    }

    private static double wave(int frequency, int place) {
        return Math.sqrt((frequency == 0 ? 1.0 : 2.0) / N) * StrictMath.cos(Math.PI * (place + 0.5) * frequency / N);
    }

    @Override
    public String name() {
        return "dct4";
    }

    @Override
    public LatentShape storedShape(int channels, int height, int width) {
        if (height % N != 0 || width % N != 0) {
            throw BadInputException.at("codec dct4").found(height + "x" + width + " pixels").expected("multiples of 4").build();
        }
        return new LatentShape(N * N * channels, height / N, width / N);
    }

    @Override
    public Optional<LatentScaling> fixedScaling(int channels) {
        return Optional.empty(); // measured over the training pictures
    }

    @Override
    public FloatArray encode(PictureBatch pictures) {
        LatentShape to = storedShape(pictures.channels(), pictures.height(), pictures.width());
        FloatArray latents = FloatArray.zeros(pictures.count(), to.channels(), to.height(), to.width());
        transform(PixelRange.toUnit(pictures), latents, true);
        return latents;
    }

    @Override
    public PictureBatch decode(FloatArray latents) {
        int[] from = latents.shape(); // (N, 16C, h, w)
        FloatArray pictures = FloatArray.zeros(from[0], from[1] / (N * N), N * from[2], N * from[3]);
        transform(pictures, latents, false);
        return PixelRange.toBytes(pictures);
    }

    private static void transform(FloatArray pictures, FloatArray latents, boolean forward) {
        int h = latents.shape()[2];
        int w = latents.shape()[3];
        float[] pixels = pictures.values(); // [plane][N·h][N·w], plane = (row, channel)
        float[] waves = latents.values(); // [plane][N·N][h][w]
        for (int block = 0; block < waves.length / (N * N); block++) {
            int plane = block / (h * w);
            int corner = (block / w * N) * N * w + block % w * N;
            for (int k = 0; k < N * N * N * N; k++) {
                int at = corner + k / N % N * N * w + k % N;
                int wave = (plane * N * N + k / (N * N)) * h * w + block % (h * w);
                if (forward) {
                    waves[wave] += BASIS[k / (N * N)][k % (N * N)] * pixels[at];
                } else {
                    pixels[at] += BASIS[k / (N * N)][k % (N * N)] * waves[wave];
                }
            }
        }
    }
}
