package org.ppflow.eval.neighbours;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.ppflow.eval.rows.FeatureRows;
import org.ppflow.nn.errors.BadInputException;

/**
 * Bounds of squared distances from products in float32, whatever the order of their sums.
 *
 * <p>For rows a, b of n values without their common centre c, in units of u = 2⁻²⁴: |fl(a·b) − a·b| ≤ γ·|a||b| with γ = n·u/(1 − n·u) (Higham,
 * Accuracy and Stability of Numerical Algorithms, section 3.1), and |a||b| ≤ (|a|² + |b|²)/2. Subtracting the centre in float32 moves |a − b|² by at
 * most 4u·(|a|² + |b|²). So |a|² + |b|² − 2·fl(a·b) is within E = (n + 16)·u·(|a|² + |b|²) of the squared distance, the roundings of this sum itself
 * included, and so is a lower bound that falls into a part for each row:
 *
 * <p>lower(a, b) = low(a) + low(b) − 2·fl(a·b), low(a) = (1 − (n + 16)u)·|a|².
 *
 * <p>Eight bytes a row.
 */
final class DistanceBounds {
    private static final double UNIT = 0x1p-24;
    private static final int ROUNDINGS = 16;
    /** Squares beyond this might overflow in sums: no bound is given. */
    private static final double LARGEST = 1e37;
    /** What a product may lose where it is too small for a float; processors may take it for 0. */
    private static final double UNDERFLOW = 0x1p-124;

    private static final int CENTRE_ROWS = 4096;
    private static final int PART = 64;

    private final float[] centre;
    private final double relative;
    private final double absolute;
    private final float[] low;
    private final float[] width;

    /**
     * Bounds of a set none of whose rows was seen yet.
     *
     * @param rows of the set
     * @param centre as {@link #centre}, the same for both sets whose rows are compared
     */
    DistanceBounds(int rows, float[] centre) {
        int size = centre.length;
        if (size * UNIT > 0.5) {
            throw new IllegalArgumentException("rows of " + size + " values");
        }
        this.centre = centre.clone();
        // n·u/(1 − n·u) ≤ n·u·(1 + 2n·u) for n·u ≤ 1/2.
        this.relative = UNIT * (size * (1 + 2 * size * UNIT) + ROUNDINGS);
        this.absolute = UNDERFLOW * (size + ROUNDINGS);
        this.low = new float[rows];
        this.width = new float[rows];
    }

    /**
     * The mean of rows spread over the set, at most {@value #CENTRE_ROWS} of them. Any centre gives true bounds; one in the middle gives narrow ones.
     */
    static float[] centre(FeatureRows rows) {
        int size = rows.size();
        int taken = Math.min(CENTRE_ROWS, rows.count());
        double[] sums = new double[size];
        float[] row = new float[size];
        for (int i = 0; i < taken; i++) {
            rows.read((int) ((long) rows.count() * i / taken), 1, row, 0);
            for (int j = 0; j < size; j++) {
                sums[j] += row[j];
            }
        }
        float[] centre = new float[size];
        for (int j = 0; j < size; j++) {
            centre[j] = (float) (sums[j] / taken);
        }
        return centre;
    }

    /**
     * Bounds of a set, which is read once.
     *
     * @throws BadInputException if a value is not finite
     */
    static DistanceBounds of(FeatureRows rows, float[] centre) {
        DistanceBounds bounds = new DistanceBounds(rows.count(), centre);
        IntStream.range(0, (rows.count() + PART - 1) / PART).parallel().forEach(part -> {
            int first = part * PART;
            int count = Math.min(PART, rows.count() - first);
            float[] values = rows.read(first, count);
            for (int i = 0; i < count; i++) {
                bounds.see(values, i, first + i);
            }
        });
        return bounds;
    }

    /**
     * Takes the rows of a panel into account.
     *
     * @throws BadInputException if a value is not finite
     */
    void see(Panel panel) {
        IntStream.range(0, panel.count()).parallel().forEach(i -> see(panel.values(), i, panel.first() + i));
    }

    private void see(float[] values, int place, int row) {
        int size = centre.length;
        double squares = squares(values, place * size, centre);
        if (!Double.isFinite(squares)) {
            requireFinite(values, place * size, size, row);
        }
        boolean bounded = squares < LARGEST;
        low[row] = bounded ? Math.nextDown((float) ((1 - relative) * squares - absolute)) : Float.NaN;
        width[row] = NearestDistances.roundedUp(2 * (relative * squares + absolute));
    }

    /** Large numbers may be finite where their differences or squares in float32 are not. */
    static void requireFinite(float[] values, int start, int size, int row) {
        for (int j = 0; j < size; j++) {
            if (!Float.isFinite(values[start + j])) {
                throw BadInputException.at("row " + row + " of features")
                        .found("value " + j + " is " + values[start + j])
                        .expected("finite numbers")
                        .build();
            }
        }
    }

    private static double squares(float[] values, int start, float[] centre) {
        double even = 0;
        double odd = 0;
        int i = 0;
        for (; i + 1 < centre.length; i += 2) {
            float a = values[start + i] - centre[i];
            float b = values[start + i + 1] - centre[i + 1];
            even += (double) a * a;
            odd += (double) b * b;
        }
        if (i < centre.length) {
            float a = values[start + i] - centre[i];
            even += (double) a * a;
        }
        return even + odd;
    }

    /** A row's part of lower bounds; NaN where none can be given, so that every comparison with it fails. */
    float low(int row) {
        return low[row];
    }

    /** {@link #low(int)} of neighbouring rows, a copy. */
    float[] low(int first, int count) {
        return Arrays.copyOfRange(low, first, first + count);
    }

    /** A row's part of how far upper bounds are above lower ones. */
    double width(int row) {
        return width[row];
    }
}
