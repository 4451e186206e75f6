package org.ppflow.app.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Losses of a training of any length in bounded memory: a point a step, and where there are more steps than points, the mean of so many steps, a power of
 * two. Steps whose loss is not finite are left out of means.
 */
public final class LossCurve {
    private final int most;
    private final List<LossPoint> points = new ArrayList<>();
    private long stride = 1;
    private long steps;
    private long finite;
    private double sum;

    /**
     * No point yet.
     *
     * @param most points, even, at least 2
     */
    public LossCurve(int most) {
        if (most < 2 || most % 2 != 0) {
            throw new IllegalArgumentException("most " + most + " must be even and at least 2");
        }
        this.most = most;
    }

    /** Adds a step, in order. */
    public void add(double images, double loss) {
        steps++;
        if (Double.isFinite(loss)) {
            finite++;
            sum += loss;
        }
        if (steps == stride) {
            if (points.size() == most) {
                halve();
                return;
            }
            points.add(new LossPoint(images, mean()));
            restart();
        }
    }

    /** The points so far; steps of a last one that is not full are left out. */
    public List<LossPoint> points() {
        return List.copyOf(points);
    }

    /** Makes one point of two; the step at hand goes on as the first half of the next. */
    private void halve() {
        List<LossPoint> pairs = new ArrayList<>();
        for (int i = 0; i + 1 < points.size(); i += 2) {
            LossPoint first = points.get(i);
            LossPoint second = points.get(i + 1);
            double mean = Double.isNaN(first.loss())
                    ? second.loss()
                    : Double.isNaN(second.loss()) ? first.loss() : (first.loss() + second.loss()) / 2;
            pairs.add(new LossPoint(second.images(), mean));
        }
        points.clear();
        points.addAll(pairs);
        stride *= 2;
    }

    private double mean() {
        return finite == 0 ? Double.NaN : sum / finite;
    }

    private void restart() {
        steps = 0;
        finite = 0;
        sum = 0;
    }
}
