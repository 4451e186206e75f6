package org.ppflow.eval.statistics;

import java.util.Arrays;
import org.ppflow.nn.array.FloatArray;

/** For each row of a set, the squared distance to its k-th nearest neighbour in the set. */
final class NeighbourRadii {
    private NeighbourRadii() {}

    /**
     * The (k + 1)-th smallest squared distance of each row to its own set, itself included: 0 for a row that is there more than
     * k times.
     *
     * @param k at least 1 and less than the number of rows
     */
    static double[] squared(FloatArray features, int k) {
        if (k < 1 || k >= features.rows()) {
            throw new IllegalArgumentException("no neighbour " + k + " among " + features.rows() + " rows");
        }
        double[] radii = new double[features.rows()];
        SquaredDistances.visit(features, features, row -> {
            double[] smallest = new double[k + 1];
            Arrays.fill(smallest, Double.POSITIVE_INFINITY);
            return (other, distance) -> {
                insert(smallest, distance);
                if (other == features.rows() - 1) {
                    radii[row] = smallest[k];
                }
            };
        });
        return radii;
    }

    /** Keeps the smallest values in rising order. */
    private static void insert(double[] smallest, double value) {
        int place = smallest.length - 1;
        if (value >= smallest[place]) {
            return;
        }
        while (place > 0 && smallest[place - 1] > value) {
            smallest[place] = smallest[place - 1];
            place--;
        }
        smallest[place] = value;
    }
}
