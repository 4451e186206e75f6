package org.ppflow.eval.neighbours;

import java.util.stream.IntStream;
import org.ppflow.eval.rows.FeatureRows;

/** Squared norms of a set's rows, in fp16 and in fp32, and the true ones of the rows rounded to fp16. Twelve bytes a row. */
final class AdmNorms {
    private static final int PART = 64;
    /** Largest half. */
    private static final double LARGEST = 65504;
    /** Covers the roundings of a distance in fp16, each 2⁻¹¹, and of a product in fp32. */
    private static final double SLACK = 1.01;

    private final float[] half;
    private final float[] single;
    private final float[] rounded;

    private AdmNorms(int rows) {
        half = new float[rows];
        single = new float[rows];
        rounded = new float[rows];
    }

    /**
     * Reads the set once.
     *
     * @throws org.ppflow.nn.errors.BadInputException if a value is not finite
     */
    static AdmNorms of(FeatureRows rows) {
        AdmNorms norms = new AdmNorms(rows.count());
        int size = rows.size();
        IntStream.range(0, (rows.count() + PART - 1) / PART).parallel().forEach(part -> {
            int first = part * PART;
            int count = Math.min(PART, rows.count() - first);
            float[] values = rows.read(first, count);
            for (int i = 0; i < count; i++) {
                double squares = squares(values, i * size, size);
                if (!Double.isFinite(squares)) {
                    DistanceBounds.requireFinite(values, i * size, size, first + i);
                }
                norms.single[first + i] = (float) squares;
                for (int j = i * size; j < (i + 1) * size; j++) {
                    values[j] = HalfArithmetic.round(values[j]);
                }
                norms.rounded[first + i] = (float) squares(values, i * size, size);
                norms.half[first + i] = HalfArithmetic.squaredNorm(values, i * size, size);
            }
        });
        return norms;
    }

    private static double squares(float[] values, int start, int size) {
        double sum = 0;
        for (int i = start; i < start + size; i++) {
            sum += (double) values[i] * values[i];
        }
        return sum;
    }

    /** fp16 or fp32. */
    float[] in(BlockPrecision precision) {
        return precision == BlockPrecision.FP16 ? half : single;
    }

    /** Whether some row's norm is infinite in fp16: no block with it is finite. */
    boolean overflows(RowRange range) {
        return !(largest(half, range) <= LARGEST);
    }

    /** Whether no distance between rows of two ranges can overflow in fp16, since |uv| ≤ |u||v|. */
    static boolean surelyFinite(AdmNorms a, RowRange rangeA, AdmNorms b, RowRange rangeB) {
        double product = Math.sqrt((double) largest(a.rounded, rangeA) * largest(b.rounded, rangeB));
        return (largest(a.half, rangeA) + largest(b.half, rangeB) + 2 * product) * SLACK < LARGEST;
    }

    private static float largest(float[] norms, RowRange range) {
        float largest = 0;
        for (int i = range.first(); i < range.end(); i++) {
            largest = Math.max(largest, norms[i]);
        }
        return largest;
    }
}
