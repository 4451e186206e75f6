package org.ppflow.data.codec;

import java.util.Optional;
import org.ppflow.data.picture.PictureBatch;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;

/**
 * Orthonormal 2×2 Haar transform of the picture on [−1, 1]: C×H×W → 4C×H/2×W/2, no weights. Of each 2×2 block
 *
 * <pre>
 *   a b      LL = (a + b + c + d)/2        H = (a − b + c − d)/2   (left minus right)
 *   c d      V  = (a + b − c − d)/2        D = (a − b − c + d)/2
 * </pre>
 *
 * the four values become channels 4c (LL), 4c + 1 (H, horizontal detail), 4c + 2 (V, vertical detail), 4c + 3 (D, diagonal
 * detail) of input channel c. The matrix is symmetric and orthogonal, so it is its own inverse and energy is kept.
 *
 * <p>8-bit pictures come back exactly, also from float16: |LL| ≤ 2, so a stored value is off by at most 2⁻¹¹, a pixel by
 * at most 2·2⁻¹¹·127.5 = 0.125 levels.
 */
public final class HaarCodec implements Codec {
    /** Its name. */
    public static final String NAME = "haar";

    private static final int BANDS = 4;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public LatentShape storedShape(int channels, int height, int width) {
        if (height % 2 != 0 || width % 2 != 0) {
            throw BadInputException.at("codec " + NAME)
                    .found("pictures of " + height + "x" + width + " pixels")
                    .expected("an even height and width")
                    .advice("pad or crop to an even size")
                    .build();
        }
        return new LatentShape(BANDS * channels, height / 2, width / 2);
    }

    @Override
    public Optional<LatentScaling> fixedScaling(int channels) {
        return Optional.empty();
    }

    @Override
    public FloatArray encode(PictureBatch pictures) {
        storedShape(pictures.channels(), pictures.height(), pictures.width());
        return forward(PixelRange.toUnit(pictures));
    }

    @Override
    public PictureBatch decode(FloatArray latents) {
        return PixelRange.toBytes(inverse(latents));
    }

    /** (N, C, H, W) → (N, 4C, H/2, W/2). */
    static FloatArray forward(FloatArray picture) {
        int[] shape = picture.shape();
        int height = shape[2] / 2;
        int width = shape[3] / 2;
        int bandSize = height * width;
        float[] in = picture.values();
        float[] out = new float[in.length];
        for (int plane = 0; plane < shape[0] * shape[1]; plane++) {
            int base = plane * BANDS * bandSize;
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    int from = base + 2 * y * shape[3] + 2 * x;
                    int to = base + y * width + x;
                    transform(
                            in[from],
                            in[from + 1],
                            in[from + shape[3]],
                            in[from + shape[3] + 1],
                            out,
                            to,
                            bandSize,
                            2 * bandSize);
                }
            }
        }
        return new FloatArray(new int[] {shape[0], BANDS * shape[1], height, width}, out);
    }

    /** (N, 4C, h, w) → (N, C, 2h, 2w). */
    static FloatArray inverse(FloatArray latents) {
        int[] shape = latents.shape();
        if (shape.length != 4 || shape[1] % BANDS != 0) {
            throw new IllegalArgumentException(latents + " must be (N, 4C, h, w)");
        }
        int bandSize = shape[2] * shape[3];
        int width = 2 * shape[3];
        float[] in = latents.values();
        float[] out = new float[in.length];
        for (int plane = 0; plane < shape[0] * shape[1] / BANDS; plane++) {
            int base = plane * BANDS * bandSize;
            for (int y = 0; y < shape[2]; y++) {
                for (int x = 0; x < shape[3]; x++) {
                    int from = base + y * shape[3] + x;
                    int to = base + 2 * y * width + 2 * x;
                    transform(
                            in[from],
                            in[from + bandSize],
                            in[from + 2 * bandSize],
                            in[from + 3 * bandSize],
                            out,
                            to,
                            1,
                            width);
                }
            }
        }
        return new FloatArray(new int[] {shape[0], shape[1] / BANDS, 2 * shape[2], width}, out);
    }

    /** The 4×4 matrix on one block; results go to {@code at}, {@code at + second}, {@code at + third} and their sum. */
    private static void transform(float a, float b, float c, float d, float[] out, int at, int second, int third) {
        float left = a + c;
        float right = b + d;
        float leftStep = a - c;
        float rightStep = b - d;
        out[at] = (left + right) / 2;
        out[at + second] = (left - right) / 2;
        out[at + third] = (leftStep + rightStep) / 2;
        out[at + second + third] = (leftStep - rightStep) / 2;
    }
}
