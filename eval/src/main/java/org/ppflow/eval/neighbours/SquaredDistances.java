package org.ppflow.eval.neighbours;

/** Squared Euclidean distances between rows of features: sums of squared differences in fp64, nothing cancels. */
final class SquaredDistances {
    private SquaredDistances() {}

    /** Four sums at a time, since a single one would wait for itself. Symmetric to the last bit. */
    static double between(float[] a, int aStart, float[] b, int bStart, int size) {
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
