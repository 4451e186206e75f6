package org.ppflow.flow.sampling;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.ppflow.flow.transport.TimeInterval;

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
        return of(TimeInterval.WHOLE, steps, 1, List.of());
    }

    /**
     * A grid over an interval.
     *
     * @param interval backwards where data goes to noise
     * @param steps number of steps, at least 1, and at least one for each stretch between the times to go through
     * @param shift of the time, as in Stable Diffusion 3 (Esser et al. 2024, eq. 23, where t runs the other way round): u = i/steps becomes
     *     u/(u + shift·(1 − u)). Above 1 there are more points near noise; 1 is an even grid
     * @param through times that must be points: the steps are shared out to the stretches between them as the grid without them
     *     would, and lie evenly (before the shift) in each
     */
    public static TimeGrid of(TimeInterval interval, int steps, double shift, List<Double> through) {
        if (interval.from() > interval.to()) {
            List<Double> points = new ArrayList<>(
                    of(interval.reversed(), steps, shift, through).points());
            Collections.reverse(points);
            return new TimeGrid(points);
        }
        if (!(shift > 0 && shift < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("shift: " + shift + " must be above 0");
        }
        List<Double> stops = new ArrayList<>(List.of(interval.from()));
        through.stream()
                .sorted()
                .filter(t -> t > interval.from() && t < interval.to())
                .forEach(stops::add);
        stops.add(interval.to());
        if (steps < stops.size() - 1) {
            throw new IllegalArgumentException("steps: " + steps + " must be at least " + (stops.size() - 1)
                    + ", one from each of " + stops + " to the next");
        }
        double length = interval.to() - interval.from();
        double[] places = new double[stops.size()];
        for (int i = 0; i < places.length; i++) {
            double share = (stops.get(i) - interval.from()) / length;
            // The shift's inverse: the place of a stop on the even grid.
            places[i] = shift * share / (shift * share + 1 - share);
        }
        int[] shares = share(places, steps);
        List<Double> points = new ArrayList<>(steps + 1);
        points.add(interval.from());
        for (int stretch = 0; stretch < shares.length; stretch++) {
            for (int i = 1; i < shares[stretch]; i++) {
                double u = places[stretch] + (places[stretch + 1] - places[stretch]) * i / shares[stretch];
                points.add(interval.from() + length * (shift == 1 ? u : u / (u + shift * (1 - u))));
            }
            points.add(stops.get(stretch + 1));
        }
        return new TimeGrid(points);
    }

    /** Steps of each stretch: at least one, then by the largest remainder of what is its due. */
    private static int[] share(double[] places, int steps) {
        int stretches = places.length - 1;
        int[] shares = new int[stretches];
        int given = 0;
        for (int i = 0; i < stretches; i++) {
            shares[i] = Math.max(1, (int) Math.floor((places[i + 1] - places[i]) * steps + 1e-9));
            given += shares[i];
        }
        while (given != steps) {
            int direction = given < steps ? 1 : -1;
            int best = -1;
            double largest = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < stretches; i++) {
                double lacking = direction * ((places[i + 1] - places[i]) * steps - shares[i]);
                if (lacking > largest && shares[i] + direction >= 1) {
                    largest = lacking;
                    best = i;
                }
            }
            shares[best] += direction;
            given += direction;
        }
        return shares;
    }

    /** Number of steps, one less than points. */
    public int steps() {
        return points.size() - 1;
    }

    /** A point by index. */
    public double point(int index) {
        return points.get(index);
    }

    /** The last point. */
    public double end() {
        return points.get(points.size() - 1);
    }
}
