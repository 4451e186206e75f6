package org.ppflow.eval.statistics;

/**
 * Sums of fp32 numbers in fp32, in NumPy's order (its pairwise summation of neighbouring numbers): up to 128 numbers in eight
 * running sums, more in halves.
 */
final class PairwiseSum {
    private static final int LANES = 8;
    private static final int BLOCK = 128;

    private PairwiseSum() {}

    static float of(float[] values, int start, int length) {
        if (length < LANES) {
            float sum = 0;
            for (int i = 0; i < length; i++) {
                sum += values[start + i];
            }
            return sum;
        }
        if (length > BLOCK) {
            int half = length / 2;
            half -= half % LANES;
            return of(values, start, half) + of(values, start + half, length - half);
        }
        float[] lanes = new float[LANES];
        System.arraycopy(values, start, lanes, 0, LANES);
        int i = LANES;
        for (; i + LANES <= length; i += LANES) {
            for (int lane = 0; lane < LANES; lane++) {
                lanes[lane] += values[start + i + lane];
            }
        }
        float sum = ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
        for (; i < length; i++) {
            sum += values[start + i];
        }
        return sum;
    }
}
