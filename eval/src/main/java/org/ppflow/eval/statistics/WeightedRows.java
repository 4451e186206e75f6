package org.ppflow.eval.statistics;

import org.ppflow.eval.rows.FeatureRows;

/** Statistics of a set in which each row counts a number of times. */
final class WeightedRows {
    private static final int BLOCK_ROWS = 256;

    private WeightedRows() {}

    /**
     * Statistics of rows, read once from first to last; the work goes by rows that count at all.
     *
     * @param weights how often each row counts, 0 or more; together at least 2
     */
    static FeatureStatistics statistics(FeatureRows rows, int... weights) {
        MomentAccumulator moments = new MomentAccumulator(rows.size());
        float[] block = new float[BLOCK_ROWS * rows.size()];
        for (int first = 0; first < weights.length; first += BLOCK_ROWS) {
            int taken = Math.min(BLOCK_ROWS, weights.length - first);
            rows.read(first, taken, block, 0);
            for (int row = 0; row < taken; row++) {
                if (weights[first + row] > 0) {
                    moments.add(block, row * rows.size(), weights[first + row]);
                }
            }
        }
        return moments.snapshot();
    }
}
