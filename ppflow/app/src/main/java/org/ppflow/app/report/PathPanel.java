package org.ppflow.app.report;

import java.util.List;

/**
 * A few samples on their way from noise to data.
 *
 * @param classes the name of each sample's class
 * @param points where they are looked at, at least two
 * @param sheet PNG without gaps: two rows for each sample, x_t above and below it what the network takes for the data, a column for each point
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record PathPanel(List<String> classes, List<Point> points, byte[] sheet) {
    /**
     * A point of the way.
     *
     * @param t time
     * @param level that answers there, from 0
     * @param patch its patches, {@code 4x4}
     * @param tokens it makes of a latent
     * @param evaluations of the way to the next point, an image; 0 at the last one
     * @param flops of that way: blocks, both branches of guidance
     * @param share of what as many passes would cost at the finest level; 0 where there are none
     */
    public record Point(
            double t, int level, String patch, int tokens, double evaluations, double flops, double share) {}

    public PathPanel {
        classes = List.copyOf(classes);
        points = List.copyOf(points);
        if (classes.isEmpty() || points.size() < 2) {
            throw new IllegalArgumentException(classes.size() + " samples at " + points.size() + " points are no path");
        }
    }

    /** Rows of the sheet. */
    public int rows() {
        return 2 * classes.size();
    }

    /** The same samples; the points may be others, as the levels are. */
    public boolean isLike(PathPanel other) {
        return classes.equals(other.classes);
    }
}
