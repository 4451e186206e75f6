package org.ppflow.flow.model;

import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.level.PatchSize;
import org.ppflow.nn.array.FloatArray;

/**
 * The position tables of a network that grows out of a SiT. The finest level has the SiT's own table, which may be a learned one. A coarser patch has the position of its
 * first finest patch, so its row is that one's; of the usual sines and cosines that is what {@link PositionTable} computes. Where patches count from their centres, usual
 * tables are computed, and of others a row is the mean of those it covers.
 *
 * @param own the SiT's table, [1, L, D], tokens row by row
 * @param config of the new network
 * @param schedule of the new network; its finest patch is the SiT's
 */
record GrownPositions(FloatArray own, DitConfig config, LevelSchedule schedule) {
    /** Farther from the computed values a table is another one, also where it was stored in 16 bits. */
    private static final float ROUNDING = 1e-2f;

    /** The table of a level, [1, L, D]. */
    FloatArray of(int level) {
        PatchSize patch = schedule.level(level).patch();
        PatchSize finest = schedule.finestPatch();
        if (config.alignment() == PositionAlignment.TOP_LEFT) {
            return rows(patch, 1, 1);
        }
        if (patch.equals(finest)) {
            return own;
        }
        return isUsual()
                ? PositionTable.of(config, patch, finest)
                : rows(patch, patch.rows() / finest.rows(), patch.columns() / finest.columns());
    }

    private boolean isUsual() {
        float[] usual = PositionTable.of(config, schedule.finestPatch(), schedule.finestPatch())
                .values();
        for (int i = 0; i < usual.length; i++) {
            if (!(Math.abs(usual[i] - own.values()[i]) <= ROUNDING)) {
                return false;
            }
        }
        return true;
    }

    /** Of each patch the mean over the first down × across finest patches in it. */
    private FloatArray rows(PatchSize patch, int down, int across) {
        PatchSize finest = schedule.finestPatch();
        int hidden = config.hidden();
        int perRow = config.width() / finest.columns();
        int rowStep = patch.rows() / finest.rows();
        int columnStep = patch.columns() / finest.columns();
        int rows = config.height() / patch.rows();
        int columns = config.width() / patch.columns();
        float[] values = new float[rows * columns * hidden];
        for (int token = 0; token < rows * columns; token++) {
            int first = token / columns * rowStep * perRow + token % columns * columnStep;
            for (int i = 0; i < hidden; i++) {
                double sum = 0;
                for (int part = 0; part < down * across; part++) {
                    int source = first + part / across * perRow + part % across;
                    sum += own.values()[source * hidden + i];
                }
                values[token * hidden + i] = (float) (sum / (down * across));
            }
        }
        return new FloatArray(new int[] {1, rows * columns, hidden}, values);
    }
}
