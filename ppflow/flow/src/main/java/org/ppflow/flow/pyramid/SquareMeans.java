package org.ppflow.flow.pyramid;

/**
 * Latents of one row whose squares of pixels are replaced by their mean: down-sampling (bilinear by 2, as often as it takes) and nearest up again in
 * one. So all stages' states have the latent's shape; a stage's state is the same all over each square.
 *
 * @param channels C
 * @param height H
 * @param width W
 */
record SquareMeans(int channels, int height, int width) {
    static SquareMeans ofShape(int... shape) {
        if (shape.length != 4) {
            throw new IllegalArgumentException("shape: needs [N, C, H, W], got " + shape.length + " axes");
        }
        return new SquareMeans(shape[1], shape[2], shape[3]);
    }

    /**
     * Means.
     *
     * @param source of which values [offset, offset + C·H·W) are the row
     * @param side of the squares, dividing H and W
     * @return C·H·W values
     */
    double[] of(float[] source, int offset, int side) {
        double[] means = new double[channels * height * width];
        for (int channel = 0; channel < channels; channel++) {
            int plane = channel * height * width;
            for (int top = 0; top < height; top += side) {
                for (int left = 0; left < width; left += side) {
                    double sum = 0;
                    for (int i = 0; i < side * side; i++) {
                        sum += source[offset + place(plane, top, left, i, side)];
                    }
                    for (int i = 0; i < side * side; i++) {
                        means[place(plane, top, left, i, side)] = sum / (side * side);
                    }
                }
            }
        }
        return means;
    }

    /** Standard normals of the pixels averaged over a square: their mean times its side, whose variance is 1 again. */
    double[] noise(float[] normals, int offset, int side) {
        double[] noise = of(normals, offset, side);
        for (int i = 0; i < noise.length; i++) {
            noise[i] *= side;
        }
        return noise;
    }

    private int place(int plane, int top, int left, int index, int side) {
        return plane + (top + index / side) * width + left + index % side;
    }
}
