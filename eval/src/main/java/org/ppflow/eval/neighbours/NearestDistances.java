package org.ppflow.eval.neighbours;

import java.util.Arrays;

/** For each row of a set the smallest of the squared distances that it was offered, and whose they are. 12 bytes for each one kept. */
final class NearestDistances {
    private final int kept;
    private final double[] distances;
    private final int[] others;

    /**
     * Nothing offered yet.
     *
     * @param rows of the set
     * @param kept how many for each row
     */
    NearestDistances(int rows, int kept) {
        this.kept = kept;
        this.distances = new double[Math.multiplyExact(rows, kept)];
        this.others = new int[rows * kept];
        Arrays.fill(distances, Double.POSITIVE_INFINITY);
        Arrays.fill(others, -1);
    }

    /**
     * Keeps a distance if it is among the smallest; of equal ones the first offered stays. A NaN is never kept.
     *
     * @return {@link #limit} from now on
     */
    float offer(int row, int other, double distance) {
        int start = row * kept;
        int place = start + kept - 1;
        if (distance < distances[place]) {
            while (place > start && distances[place - 1] > distance) {
                distances[place] = distances[place - 1];
                others[place] = others[place - 1];
                place--;
            }
            distances[place] = distance;
            others[place] = other;
        }
        return limit(row);
    }

    /** A distance of at least this changes nothing about the row. Negative where no distance does any more, since all kept are 0. */
    float limit(int row) {
        double largest = largest(row);
        return largest == 0 ? Float.NEGATIVE_INFINITY : roundedUp(largest);
    }

    /** The largest of those kept: infinite while there are not so many. */
    double largest(int row) {
        return distances[row * kept + kept - 1];
    }

    /** {@link #largest} of all rows. */
    double[] largest() {
        double[] all = new double[distances.length / kept];
        Arrays.setAll(all, this::largest);
        return all;
    }

    /** A row's distances, rising. */
    double[] distances(int row) {
        return Arrays.copyOfRange(distances, row * kept, (row + 1) * kept);
    }

    /** Whose distances they are; −1 where nothing was offered. */
    int[] others(int row) {
        return Arrays.copyOfRange(others, row * kept, (row + 1) * kept);
    }

    /** The smallest float that is not smaller. */
    static float roundedUp(double value) {
        float rounded = (float) value;
        return rounded < value ? Math.nextUp(rounded) : rounded;
    }
}
