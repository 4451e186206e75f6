package org.ppflow.app.figure;

import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes pixels of a drawing, on white. */
final class Raster {
    private final Region page;
    private final int width;
    private final int height;
    private final double scale;
    private final byte[] values;

    private Raster(Drawing drawing, double scale) {
        this.scale = scale;
        page = drawing.page();
        width = (int) Math.ceil(page.width() * scale);
        height = (int) Math.ceil(page.height() * scale);
        values = new byte[width * height * 3];
        Arrays.fill(values, (byte) 0xFF);
    }

    /**
     * The pixels, RGB.
     *
     * @param scale pixels a point
     */
    static Pixels of(Drawing drawing, double scale) {
        Raster raster = new Raster(drawing, scale);
        for (Mark mark : drawing.marks()) {
            raster.draw(mark);
        }
        return new Pixels(raster.values, raster.height, raster.width, 3);
    }

    private void draw(Mark mark) {
        if (mark instanceof Mark.Picture picture) {
            draw(picture);
        } else if (mark instanceof Mark.Area filled) {
            Coverage coverage = coverage(mark);
            coverage.add(corners(filled.bounds()));
            blend(coverage, filled.colour());
        } else if (mark instanceof Mark.Polygon polygon) {
            Coverage coverage = coverage(mark);
            coverage.add(polygon.corners().stream().map(this::scaled).toList());
            blend(coverage, polygon.colour());
        } else if (mark instanceof Mark.Disc disc) {
            Coverage coverage = coverage(mark);
            coverage.add(circle(disc.centre(), disc.radius()));
            blend(coverage, disc.colour());
        } else if (mark instanceof Mark.Line line) {
            Coverage coverage = coverage(mark);
            stroke(line, coverage);
            blend(coverage, line.colour());
        } else if (mark instanceof Mark.Label label) {
            // Letters may reach beyond the bounds that all labels of a size share: accents, swashes.
            Path2D outline = label.outline();
            Rectangle2D box = outline.getBounds2D();
            Coverage coverage =
                    new Coverage(scaled(new Region(box.getX(), box.getY(), box.getWidth(), box.getHeight())));
            AffineTransform place = AffineTransform.getScaleInstance(scale, scale);
            place.translate(-page.x(), -page.y());
            coverage.add(outline.getPathIterator(place));
            blend(coverage, label.colour());
        }
    }

    private Coverage coverage(Mark mark) {
        return new Coverage(scaled(mark.bounds()));
    }

    private Region scaled(Region region) {
        Point corner = scaled(new Point(region.x(), region.y()));
        return new Region(corner.x(), corner.y(), region.width() * scale, region.height() * scale);
    }

    private Point scaled(Point point) {
        return new Point((point.x() - page.x()) * scale, (point.y() - page.y()) * scale);
    }

    private List<Point> corners(Region region) {
        Region place = scaled(region);
        return List.of(
                new Point(place.x(), place.y()),
                new Point(place.right(), place.y()),
                new Point(place.right(), place.bottom()),
                new Point(place.x(), place.bottom()));
    }

    private List<Point> circle(Point centre, double radius) {
        List<Point> corners = new ArrayList<>();
        double[] place = new double[6];
        Point middle = scaled(centre);
        double reach = radius * scale;
        PathIterator path = new Ellipse2D.Double(middle.x() - reach, middle.y() - reach, 2 * reach, 2 * reach)
                .getPathIterator(null, 0.02);
        for (; !path.isDone(); path.next()) {
            if (path.currentSegment(place) != PathIterator.SEG_CLOSE) {
                corners.add(new Point(place[0], place[1]));
            }
        }
        return corners;
    }

    /** A line is a rectangle for each of its parts, with a disc on every corner. */
    private void stroke(Mark.Line line, Coverage coverage) {
        List<Point> points = line.points();
        for (int i = 1; i < points.size(); i++) {
            Point from = points.get(i - 1);
            Point to = points.get(i);
            double length = from.distance(to);
            if (line.dash() == Mark.Dash.SOLID) {
                part(from, to, 0, length, line.width(), coverage);
                if (i > 1) {
                    coverage.add(circle(from, line.width() / 2));
                }
            }
        }
        if (line.dash() != Mark.Dash.SOLID) {
            dashes(line, coverage);
        }
    }

    private void dashes(Mark.Line line, Coverage coverage) {
        double on = line.dash().on();
        double period = on + line.dash().off();
        double before = 0;
        for (int i = 1; i < line.points().size(); i++) {
            Point from = line.points().get(i - 1);
            Point to = line.points().get(i);
            double length = from.distance(to);
            for (double dash = Math.floor(before / period) * period; dash < before + length; dash += period) {
                double start = Math.max(0, dash - before);
                double end = Math.min(length, dash + on - before);
                if (end > start) {
                    part(from, to, start, end, line.width(), coverage);
                }
            }
            before += length;
        }
    }

    private void part(Point from, Point to, double start, double end, double pen, Coverage coverage) {
        double length = from.distance(to);
        if (length == 0) {
            return;
        }
        double stepX = (to.x() - from.x()) / length;
        double stepY = (to.y() - from.y()) / length;
        double sideX = -stepY * pen / 2;
        double sideY = stepX * pen / 2;
        Point first = from.plus(stepX * start, stepY * start);
        Point last = from.plus(stepX * end, stepY * end);
        coverage.add(List.of(
                scaled(first.plus(sideX, sideY)),
                scaled(last.plus(sideX, sideY)),
                scaled(last.plus(-sideX, -sideY)),
                scaled(first.plus(-sideX, -sideY))));
    }

    private void blend(Coverage coverage, Colour colour) {
        double[] shares = new double[coverage.width()];
        int[] parts = {colour.red(), colour.green(), colour.blue()};
        for (int row = 0; row < coverage.height(); row++) {
            int y = coverage.top() + row;
            if (y < 0 || y >= height) {
                continue;
            }
            coverage.row(row, shares);
            for (int column = 0; column < shares.length; column++) {
                int x = coverage.left() + column;
                if (x < 0 || x >= width || shares[column] == 0) {
                    continue;
                }
                for (int part = 0; part < 3; part++) {
                    int at = (y * width + x) * 3 + part;
                    int below = values[at] & 0xFF;
                    values[at] = (byte) Math.rint(below + (parts[part] - below) * shares[column]);
                }
            }
        }
    }

    private void draw(Mark.Picture picture) {
        Region place = scaled(picture.bounds());
        int left = (int) Math.rint(place.x());
        int top = (int) Math.rint(place.y());
        int columns = Math.max(1, (int) Math.rint(place.right()) - left);
        int rows = Math.max(1, (int) Math.rint(place.bottom()) - top);
        Pixels pixels = picture.pixels().resized(rows, columns);
        for (int row = 0; row < Math.min(rows, height - top); row++) {
            System.arraycopy(
                    pixels.values(),
                    row * columns * 3,
                    values,
                    ((top + row) * width + left) * 3,
                    Math.min(columns, width - left) * 3);
        }
    }
}
