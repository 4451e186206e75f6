package org.ppflow.app.figure;

/**
 * A place on the page.
 *
 * @param x points (1/72 inch) from the left
 * @param y points from the top
 */
public record Point(double x, double y) {
    public Point {
        if (!Double.isFinite(x) || !Double.isFinite(y)) {
            throw new IllegalArgumentException("point: " + x + ", " + y + " is no place");
        }
    }

    /** The place beside it. */
    public Point plus(double right, double down) {
        return new Point(x + right, y + down);
    }

    /** How far another place is. */
    public double distance(Point other) {
        return Math.sqrt((other.x - x) * (other.x - x) + (other.y - y) * (other.y - y));
    }
}
