package org.ppflow.app.figure;

import java.awt.geom.FlatteningPathIterator;
import java.awt.geom.PathIterator;
import java.util.List;

/**
 * How much of each pixel an outline covers, exactly: every edge adds, in each line of pixels that it passes, the signed area on its right, and a running
 * sum over the line makes coverage of it (the method of stb_truetype and font-rs). Java's own rasteriser is not used because its results changed
 * between releases. Holes run the other way round than what they are in; parts that overlap count once.
 */
final class Coverage {
    private final int left;
    private final int top;
    private final int width;
    private final int height;
    private final double[] area;

    /**
     * Nothing covered yet.
     *
     * @param bounds of all that will be added, in pixels
     */
    Coverage(Region bounds) {
        // A pixel more on every side, for what rounding moves.
        left = (int) Math.floor(bounds.x()) - 1;
        top = (int) Math.floor(bounds.y()) - 1;
        width = (int) Math.ceil(bounds.right()) - left + 3;
        height = (int) Math.ceil(bounds.bottom()) - top + 2;
        area = new double[width * height];
    }

    int left() {
        return left;
    }

    int top() {
        return top;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** Adds a polygon, whichever way round its corners go. */
    void add(List<Point> corners) {
        double turn = 0;
        for (int i = 0; i < corners.size(); i++) {
            Point from = corners.get(i);
            Point to = corners.get((i + 1) % corners.size());
            turn += from.x() * to.y() - to.x() * from.y();
        }
        for (int i = 0; i < corners.size(); i++) {
            Point from = corners.get(i);
            Point to = corners.get((i + 1) % corners.size());
            if (turn >= 0) {
                edge(from.x(), from.y(), to.x(), to.y());
            } else {
                edge(to.x(), to.y(), from.x(), from.y());
            }
        }
    }

    /** Adds a path as it runs, curves cut into lines that are off by at most a fiftieth of a pixel. */
    void add(PathIterator path) {
        double[] place = new double[6];
        double startX = 0;
        double startY = 0;
        double x = 0;
        double y = 0;
        for (PathIterator flat = new FlatteningPathIterator(path, 0.02); !flat.isDone(); flat.next()) {
            int kind = flat.currentSegment(place);
            if (kind == PathIterator.SEG_LINETO) {
                edge(x, y, place[0], place[1]);
                x = place[0];
                y = place[1];
            } else {
                edge(x, y, startX, startY);
                if (kind == PathIterator.SEG_MOVETO) {
                    startX = place[0];
                    startY = place[1];
                }
                x = startX;
                y = startY;
            }
        }
        edge(x, y, startX, startY);
    }

    /** Share of a line of pixels that is covered, each 0 to 1; {@code shares} is overwritten. */
    void row(int row, double[] shares) {
        double sum = 0;
        for (int column = 0; column < width; column++) {
            sum += area[row * width + column];
            shares[column] = Math.min(1, Math.abs(sum));
        }
    }

    private void edge(double fromX, double fromY, double toX, double toY) {
        if (fromY == toY) {
            return;
        }
        boolean down = fromY < toY;
        double x = (down ? fromX : toX) - left;
        double y = (down ? fromY : toY) - top;
        double endX = (down ? toX : fromX) - left;
        double end = (down ? toY : fromY) - top;
        double slope = (endX - x) / (end - y);
        for (int row = (int) Math.floor(y); row < end; row++) {
            double next = Math.min(row + 1, end);
            double nextX = x + slope * (next - y);
            span(row * width, x, nextX, down ? next - y : y - next);
            x = nextX;
            y = next;
        }
    }

    /** The part of an edge in one line of pixels: its height, with a sign, is dealt out to the pixels that it passes and the one to the right of each. */
    private void span(int line, double fromX, double toX, double signed) {
        double low = Math.min(fromX, toX);
        double high = Math.max(fromX, toX);
        int first = (int) low;
        int last = Math.max(first, (int) Math.ceil(high) - 1);
        double length = high - low;
        for (int column = first; column <= last; column++) {
            double from = Math.max(low, column);
            double to = Math.min(high, column + 1);
            double part = length == 0 ? signed : signed * (to - from) / length;
            double before = (from + to) / 2 - column;
            area[line + column] += part * (1 - before);
            area[line + column + 1] += part * before;
        }
    }
}
