package org.ppflow.eval.statistics;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.ppflow.nn.array.FloatArray;

/**
 * Improved precision and recall (Kynkäänniemi et al. 2019) by brute force in double. A set's manifold is the union of balls around its
 * rows, each reaching to the row's k-th nearest other row; precision is the share of samples inside the reference's manifold,
 * recall the share of references inside the samples'. A row on the border is inside.
 *
 * <p>Memory: k + 1 distances a row beside the features.
 *
 * @param precision in [0, 1]
 * @param recall in [0, 1]
 */
public record PrecisionRecall(double precision, double recall) {
    /**
     * Both.
     *
     * @param reference [n, D]
     * @param samples [m, D]
     * @param k neighbours, at least 1 and below the number of rows of either
     */
    public static PrecisionRecall of(FloatArray reference, FloatArray samples, int k) {
        if (k < 1 || k >= reference.rows() || k >= samples.rows()) {
            throw new IllegalArgumentException("k: " + k + " must be at least 1 and below the number of rows, "
                    + reference.rows() + " and " + samples.rows());
        }
        return new PrecisionRecall(
                share(inside(samples, reference, squaredRadii(reference, k))),
                share(inside(reference, samples, squaredRadii(samples, k))));
    }

    /** Squared distance of each row to its k-th nearest other row: the (k + 1)-th smallest, itself included. */
    static double[] squaredRadii(FloatArray rows, int k) {
        double[] radii = new double[rows.rows()];
        IntStream.range(0, radii.length).parallel().forEach(row -> {
            double[] nearest = new double[k + 1];
            Arrays.fill(nearest, Double.POSITIVE_INFINITY);
            for (int other = 0; other < radii.length; other++) {
                insert(nearest, squaredDistance(rows, row, rows, other));
            }
            radii[row] = nearest[k];
        });
        return radii;
    }

    /** Which rows lie in the manifold of a set. */
    static boolean[] inside(FloatArray rows, FloatArray set, double[] squaredRadii) {
        boolean[] inside = new boolean[rows.rows()];
        IntStream.range(0, inside.length).parallel().forEach(row -> {
            for (int centre = 0; centre < squaredRadii.length && !inside[row]; centre++) {
                inside[row] = squaredDistance(rows, row, set, centre) <= squaredRadii[centre];
            }
        });
        return inside;
    }

    private static double share(boolean[] flags) {
        int count = 0;
        for (boolean flag : flags) {
            count += flag ? 1 : 0;
        }
        return (double) count / flags.length;
    }

    private static void insert(double[] sorted, double value) {
        int place = sorted.length - 1;
        if (value >= sorted[place]) {
            return;
        }
        while (place > 0 && sorted[place - 1] > value) {
            sorted[place] = sorted[place - 1];
            place--;
        }
        sorted[place] = value;
    }

    private static double squaredDistance(FloatArray a, int rowA, FloatArray b, int rowB) {
        int size = a.rowSize();
        float[] x = a.values();
        float[] y = b.values();
        double sum = 0;
        for (int i = 0; i < size; i++) {
            double difference = (double) x[rowA * size + i] - y[rowB * size + i];
            sum += difference * difference;
        }
        return sum;
    }
}
