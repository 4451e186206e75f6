package org.ppflow.flow.sampling;

import java.util.ArrayList;
import java.util.List;

/**
 * The times a solver stops at, in double: the point of an even grid that should be 0.5 is 0.5, so the count of evaluations a
 * level does not depend on rounding.
 *
 * @param points from first to last, strictly monotone, in [0, 1], at least two
 */
public record TimeGrid(List<Double> points) {
    public TimeGrid {
        points = List.copyOf(points);
        if (points.size() < 2) {
            throw new IllegalArgumentException("points: " + points.size() + " must be at least 2");
        }
        boolean forward = points.get(1) > points.get(0);
        for (int i = 0; i < points.size(); i++) {
            double t = points.get(i);
            if (!(t >= 0 && t <= 1)) {
                throw new IllegalArgumentException("points[" + i + "]: " + t + " must be in [0, 1]");
            }
            if (i > 0 && (forward ? t <= points.get(i - 1) : t >= points.get(i - 1))) {
                throw new IllegalArgumentException(
                        "points[" + i + "]: " + t + " does not go on from " + points.get(i - 1));
            }
        }
    }

    /**
     * Evenly from 0 (noise) to 1 (data).
     *
     * @param steps number of steps, at least 1
     */
    public static TimeGrid even(int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("steps: " + steps + " must be at least 1");
        }
        List<Double> points = new ArrayList<>(steps + 1);
        for (int i = 0; i <= steps; i++) {
            points.add((double) i / steps);
        }
        return new TimeGrid(points);
    }

    /** Number of steps, one less than points. */
    public int steps() {
        return points.size() - 1;
    }

    /** A point by index. */
    public double point(int index) {
        return points.get(index);
    }
}
