package org.ppflow.eval.neighbours;

/**
 * Arithmetic of IEEE 754 halves on floats that hold their values, as TensorFlow's kernels for processors without such arithmetic do it: each operation
 * in float32, its result rounded to the nearest half, ties to even. The float32 result of an addition, subtraction or multiplication of halves is exact
 * enough for this to be the correctly rounded half.
 */
final class HalfArithmetic {
    /** Half way between the largest half, 65504, and 2¹⁶: from here on values round to infinity. */
    private static final float OVERFLOW = 65520f;

    private static final int EXPONENT = 0x7F800000;
    /** Exponent bits of 2⁻¹⁴: smaller halves have its steps. */
    private static final int SMALLEST_NORMAL = 0x38800000;
    /** To the exponent of x, makes 1.5·2¹³ times its power of two: a float of this size has steps of a half of x's size. */
    private static final int MAGIC = (13 << 23) + 0x400000;

    private static final int LANES = 8;
    private static final int ACCUMULATORS = 4;
    /** Sums of more are split. */
    private static final int LEAF = 1600;

    private HalfArithmetic() {}

    /** The nearest half; infinite where that is, NaN for NaN. A zero may lose its sign. */
    static float round(float value) {
        if (!(Math.abs(value) < OVERFLOW)) {
            return value * Float.POSITIVE_INFINITY;
        }
        int exponent = Math.max(Float.floatToRawIntBits(value) & EXPONENT, SMALLEST_NORMAL);
        // Adding rounds to the wanted step, ties to even; subtracting is exact.
        float magic = Float.intBitsToFloat(exponent + MAGIC);
        return (value + magic) - magic;
    }

    /**
     * max(|u|² − 2uv + |v|², 0), in the order of ADM's evaluator. NaN where a difference of infinities is.
     *
     * @param doubledProduct 2uv, a half
     */
    static float distance(float normU, float doubledProduct, float normV) {
        float distance = round(round(normU - doubledProduct) + normV);
        return distance <= 0 ? 0 : distance;
    }

    /**
     * Sum of squares as Eigen's reduction of packets of 8 halves adds them: element e goes to lane e mod 8 of accumulator (e div 8) mod 4 while 32 are
     * left, what is left to the first; the accumulators one after the other; the lanes in float32; what fills no packet apart. More than 1600 elements
     * are split into halves of whole packets.
     *
     * @param values halves
     */
    static float squaredNorm(float[] values, int start, int size) {
        if (size > LEAF) {
            int left = (size / 2 + size % 2 + LANES - 1) / LANES * LANES;
            return round(squaredNorm(values, start, left) + squaredNorm(values, start + left, size - left));
        }
        float[] sums = new float[ACCUMULATORS * LANES];
        int stride = size - size % sums.length;
        for (int i = 0; i < stride; i += sums.length) {
            for (int lane = 0; lane < sums.length; lane++) {
                sums[lane] = added(sums[lane], values[start + i + lane]);
            }
        }
        for (int lane = LANES; lane < sums.length; lane++) {
            sums[lane % LANES] = round(sums[lane % LANES] + sums[lane]);
        }
        int packets = size - size % LANES;
        for (int i = stride; i < packets; i++) {
            sums[i % LANES] = added(sums[i % LANES], values[start + i]);
        }
        float rest = 0;
        for (int i = packets; i < size; i++) {
            rest = added(rest, values[start + i]);
        }
        float lanes = ((sums[0] + sums[4]) + (sums[2] + sums[6])) + ((sums[1] + sums[5]) + (sums[3] + sums[7]));
        return round(rest + round(lanes));
    }

    private static float added(float sum, float value) {
        return round(sum + round(value * value));
    }
}
