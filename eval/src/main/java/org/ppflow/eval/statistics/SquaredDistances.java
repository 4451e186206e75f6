package org.ppflow.eval.statistics;

import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.ppflow.nn.array.FloatArray;

/** Squared Euclidean distances between rows of features: sums of squared differences in fp64, nothing cancels. */
final class SquaredDistances {
    /** Rows that a thread takes at a time, and rows it compares them with while those stay in the processor's cache. */
    private static final int TILE = 64;

    private SquaredDistances() {}

    /** Sees the distances of one row, each once. */
    @FunctionalInterface
    interface RowVisitor {
        /**
         * One distance.
         *
         * @param other index of the other row
         * @param distance squared
         */
        void visit(int other, double distance);
    }

    /**
     * All pairs, rows of {@code from} in parallel; a row's visitor is called by one thread at a time, with rising
     * index. Holds nothing but what visitors hold.
     */
    static void visit(FloatArray from, FloatArray to, IntFunction<RowVisitor> visitors) {
        int size = from.rowSize();
        if (to.rowSize() != size) {
            throw new IllegalArgumentException(from + " and " + to + " have rows of different lengths");
        }
        int tiles = (from.rows() + TILE - 1) / TILE;
        IntStream.range(0, tiles).parallel().forEach(tile -> {
            int firstRow = tile * TILE;
            int rows = Math.min(TILE, from.rows() - firstRow);
            RowVisitor[] visiting = new RowVisitor[rows];
            Arrays.setAll(visiting, row -> visitors.apply(firstRow + row));
            for (int firstOther = 0; firstOther < to.rows(); firstOther += TILE) {
                int lastOther = Math.min(to.rows(), firstOther + TILE);
                for (int row = 0; row < rows; row++) {
                    for (int other = firstOther; other < lastOther; other++) {
                        visiting[row].visit(
                                other,
                                between(from.values(), (firstRow + row) * size, to.values(), other * size, size));
                    }
                }
            }
        });
    }

    /** Four sums at a time, since a single one would wait for itself. Symmetric to the last bit. */
    private static double between(float[] a, int aStart, float[] b, int bStart, int size) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int i = 0;
        for (; i + 3 < size; i += 4) {
            double d0 = (double) a[aStart + i] - b[bStart + i];
            double d1 = (double) a[aStart + i + 1] - b[bStart + i + 1];
            double d2 = (double) a[aStart + i + 2] - b[bStart + i + 2];
            double d3 = (double) a[aStart + i + 3] - b[bStart + i + 3];
            sum0 += d0 * d0;
            sum1 += d1 * d1;
            sum2 += d2 * d2;
            sum3 += d3 * d3;
        }
        for (; i < size; i++) {
            double d = (double) a[aStart + i] - b[bStart + i];
            sum0 += d * d;
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }
}
