package org.ppflow.eval.neighbours;

import java.util.Arrays;

/** The balls around the rows of a set, and for each row how deep inside a ball of the other set it was found so far. */
final class Balls {
    /** Covers the roundings of {@link #inverse} and of the product with it. */
    private static final double SLACK = 1e-6;
    /** Covers those of margins, which are near 1. */
    private static final double MARGIN_SLACK = 1e-15;
    /** Radii below have an inverse that a float does not hold. */
    private static final double SMALLEST_RADIUS = 1e-30;

    private final double[] radii;
    private final float[] inverse;
    private final DistanceBounds bounds;
    private final double[] margins;

    /**
     * Balls, and nothing found yet.
     *
     * @param radii squared, one for each row
     */
    Balls(double[] radii, DistanceBounds bounds) {
        this.radii = radii;
        this.bounds = bounds;
        this.margins = new double[radii.length];
        Arrays.fill(margins, Double.NEGATIVE_INFINITY);
        this.inverse = new float[radii.length];
        for (int i = 0; i < radii.length; i++) {
            inverse[i] = radii[i] > 0 && radii[i] < SMALLEST_RADIUS ? Float.NaN : (float) (1 / radii[i]);
        }
    }

    DistanceBounds bounds() {
        return bounds;
    }

    int count() {
        return radii.length;
    }

    double radius(int row) {
        return radii[row];
    }

    /** 1/radius of neighbouring rows: infinite for a ball that is a point, NaN where it cannot be said. */
    float[] inverse(int first, int rows) {
        return Arrays.copyOfRange(inverse, first, first + rows);
    }

    /** 1/radius, as {@link #inverse(int, int)}. */
    float inverse(int row) {
        return inverse[row];
    }

    /** A ball of the other set with distance/radius of at least this changes nothing about the row. */
    float limit(int row) {
        double ratio = 1 - margins[row];
        return ratio == 0 ? Float.NEGATIVE_INFINITY : NearestDistances.roundedUp(ratio * (1 + SLACK) + MARGIN_SLACK);
    }

    /**
     * A row was found at a distance from a ball's centre.
     *
     * @return {@link #limit} from now on
     */
    float found(int row, double distance, double otherRadius) {
        margins[row] = Math.max(margins[row], margin(otherRadius, distance));
        return limit(row);
    }

    /** (radius − distance)/radius of squares: at least 0 exactly where distance ≤ radius, also for a ball that is a point. */
    private static double margin(double radius, double distance) {
        if (distance == radius) {
            return 0;
        }
        return (radius - distance) / radius;
    }

    double[] margins() {
        return margins.clone();
    }

    double shareInside() {
        return (double) Arrays.stream(margins).filter(margin -> margin >= 0).count() / margins.length;
    }
}
