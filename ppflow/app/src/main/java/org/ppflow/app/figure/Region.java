package org.ppflow.app.figure;

import java.util.List;

/**
 * An upright rectangle of the page, in points.
 *
 * @param x left side
 * @param y upper side
 * @param width at least 0
 * @param height at least 0
 */
public record Region(double x, double y, double width, double height) {
    public Region {
        if (!(width >= 0 && height >= 0) || !Double.isFinite(x + y + width + height)) {
            throw new IllegalArgumentException(
                    "region: " + width + " x " + height + " at " + x + ", " + y + " is no rectangle");
        }
    }

    /** The smallest one that holds all of some points, widened by a margin. */
    static Region around(List<Point> points, double margin) {
        double left = Double.POSITIVE_INFINITY;
        double top = Double.POSITIVE_INFINITY;
        double right = Double.NEGATIVE_INFINITY;
        double bottom = Double.NEGATIVE_INFINITY;
        for (Point point : points) {
            left = Math.min(left, point.x());
            top = Math.min(top, point.y());
            right = Math.max(right, point.x());
            bottom = Math.max(bottom, point.y());
        }
        return new Region(left, top, right - left, bottom - top).widened(margin);
    }

    /** Right side. */
    public double right() {
        return x + width;
    }

    /** Lower side. */
    public double bottom() {
        return y + height;
    }

    /** Its middle. */
    public Point centre() {
        return new Point(x + width / 2, y + height / 2);
    }

    /** With a margin on every side. */
    public Region widened(double margin) {
        return new Region(x - margin, y - margin, width + 2 * margin, height + 2 * margin);
    }

    /** Whether the two have an inner point in common; regions that only touch have none. */
    public boolean overlaps(Region other) {
        return x < other.right() && other.x < right() && y < other.bottom() && other.y < bottom();
    }

    /** Whether all of another lies in it, within a hundredth of a point. */
    public boolean holds(Region other) {
        double slack = 0.01;
        return other.x >= x - slack
                && other.y >= y - slack
                && other.right() <= right() + slack
                && other.bottom() <= bottom() + slack;
    }

    /** The place in it that is nearest to a point. */
    public Point nearest(Point point) {
        return new Point(Math.max(x, Math.min(right(), point.x())), Math.max(y, Math.min(bottom(), point.y())));
    }

    /** How far a point is from it, 0 inside. */
    public double distance(Point point) {
        return nearest(point).distance(point);
    }

    /** Whether a straight line between two points passes through it. */
    public boolean crosses(Point from, Point to) {
        // Liang and Barsky: the part of the line, as an interval of [0, 1], that is left of every side's wrong half.
        double[] steps = {from.x() - to.x(), to.x() - from.x(), from.y() - to.y(), to.y() - from.y()};
        double[] rooms = {from.x() - x, right() - from.x(), from.y() - y, bottom() - from.y()};
        double start = 0;
        double end = 1;
        for (int side = 0; side < steps.length; side++) {
            if (steps[side] == 0) {
                if (rooms[side] < 0) {
                    return false;
                }
            } else if (steps[side] < 0) {
                start = Math.max(start, rooms[side] / steps[side]);
            } else {
                end = Math.min(end, rooms[side] / steps[side]);
            }
        }
        return start <= end;
    }
}
