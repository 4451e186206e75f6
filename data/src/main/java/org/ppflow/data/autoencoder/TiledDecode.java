package org.ppflow.data.autoencoder;

import org.ppflow.nn.array.FloatArray;

/**
 * Decodes a large latent in overlapping tiles, so that memory and the attention's square of places stay those of a tile. Tiles of {@value #TILE} places a
 * side begin every {@value #STEP} places; where two overlap, the picture passes linearly from one to the other over the overlap. Group norms see a tile and
 * not the whole, so the result differs a little from that of the whole, as diffusers' tiled decoding does.
 */
public final class TiledDecode {
    /** Places a side of a tile: that of 512 pixels. */
    static final int TILE = 64;

    /** A quarter overlaps, diffusers' own factor. */
    static final int STEP = 48;

    private final AutoencoderKl network;

    /** Decodes with a network, which stays the caller's. */
    public TiledDecode(AutoencoderKl network) {
        this.network = network;
    }

    /** Latents before shift and scale, (n, C, h, w), to pictures on [−1, 1], (n, 3, f·h, f·w). */
    public FloatArray decode(FloatArray latents) {
        int[] shape = latents.shape();
        int factor = network.config().factor();
        int height = shape[2] * factor;
        int width = shape[3] * factor;
        FloatArray sum = FloatArray.zeros(shape[0], AutoencoderConfig.COLOURS, height, width);
        float[] weight = new float[height * width];
        for (int top : starts(shape[2])) {
            for (int left : starts(shape[3])) {
                int rows = Math.min(TILE, shape[2]);
                int columns = Math.min(TILE, shape[3]);
                FloatArray tile = network.decode(cut(latents, top, left, rows, columns));
                add(tile, top * factor, left * factor, sum, weight);
            }
        }
        for (int i = 0; i < sum.values().length; i++) {
            sum.values()[i] /= weight[i % weight.length];
        }
        return sum;
    }

    /** First place of every tile; the last one ends with the latent. */
    static int[] starts(int side) {
        if (side <= TILE) {
            return new int[] {0};
        }
        int count = (side - TILE + STEP - 1) / STEP + 1;
        int[] starts = new int[count];
        for (int i = 0; i < count; i++) {
            starts[i] = Math.min(i * STEP, side - TILE);
        }
        return starts;
    }

    private static FloatArray cut(FloatArray latents, int top, int left, int rows, int columns) {
        int[] shape = latents.shape();
        FloatArray tile = FloatArray.zeros(shape[0], shape[1], rows, columns);
        for (int plane = 0; plane < shape[0] * shape[1]; plane++) {
            for (int row = 0; row < rows; row++) {
                System.arraycopy(
                        latents.values(),
                        (plane * shape[2] + top + row) * shape[3] + left,
                        tile.values(),
                        (plane * rows + row) * columns,
                        columns);
            }
        }
        return tile;
    }

    /** Adds a tile, weighed down towards its borders; the weights are gathered once, with the first plane. */
    private static void add(FloatArray tile, int top, int left, FloatArray sum, float[] weight) {
        int rows = tile.shape()[2];
        int columns = tile.shape()[3];
        int height = sum.shape()[2];
        int width = sum.shape()[3];
        for (int plane = 0; plane < tile.shape()[0] * tile.shape()[1]; plane++) {
            for (int row = 0; row < rows; row++) {
                float down = ramp(row, rows, top, height);
                for (int column = 0; column < columns; column++) {
                    float share = down * ramp(column, columns, left, width);
                    int at = (top + row) * width + left + column;
                    sum.values()[plane * height * width + at] +=
                            share * tile.values()[(plane * rows + row) * columns + column];
                    if (plane == 0) {
                        weight[at] += share;
                    }
                }
            }
        }
    }

    /** From 0 to 1 over the overlap, 1 at the border of the picture. */
    private static float ramp(int place, int side, int start, int whole) {
        int overlap = Math.max(1, side * (TILE - STEP) / TILE);
        float rising = start == 0 ? 1 : Math.min(1, (place + 0.5f) / overlap);
        float falling = start + side == whole ? 1 : Math.min(1, (side - place - 0.5f) / overlap);
        return Math.min(rising, falling);
    }
}
