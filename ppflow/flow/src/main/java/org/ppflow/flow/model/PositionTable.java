package org.ppflow.flow.model;

import org.ppflow.flow.level.PatchSize;
import org.ppflow.nn.array.FloatArray;

/**
 * Fixed two-dimensional sin-cos position table (MAE, DiT): the first half of D encodes the column, the second the row, each as
 * sines then cosines of position · 10000^(−k/(D/4)).
 */
public final class PositionTable {
    private static final double BASE = 10_000;

    private PositionTable() {}

    /**
     * The table of one level, [1, L, D]; tokens row by row. Positions count in finest patches, so the levels of a pyramid
     * agree on where things are.
     *
     * @param patch the level's patch
     * @param finest the schedule's finest patch
     */
    public static FloatArray of(DitConfig config, PatchSize patch, PatchSize finest) {
        int rows = config.height() / patch.rows();
        int columns = config.width() / patch.columns();
        int hidden = config.hidden();
        float[] values = new float[rows * columns * hidden];
        double rowStep = (double) patch.rows() / finest.rows();
        double columnStep = (double) patch.columns() / finest.columns();
        boolean centred = config.alignment() == PositionAlignment.CENTRED;
        double rowOffset = centred ? (rowStep - 1) / 2 : 0;
        double columnOffset = centred ? (columnStep - 1) / 2 : 0;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int token = (row * columns + column) * hidden;
                encode(column * columnStep + columnOffset, values, token, hidden / 2);
                encode(row * rowStep + rowOffset, values, token + hidden / 2, hidden / 2);
            }
        }
        return new FloatArray(new int[] {1, rows * columns, hidden}, values);
    }

    private static void encode(double position, float[] values, int offset, int size) {
        int half = size / 2;
        for (int k = 0; k < half; k++) {
            double angle = position * Math.pow(BASE, -(double) k / half);
            values[offset + k] = (float) Math.sin(angle);
            values[offset + half + k] = (float) Math.cos(angle);
        }
    }
}
