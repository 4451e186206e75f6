package org.ppflow.app.figure;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.util.List;

/** What a drawing is made of; later marks cover earlier ones. All lengths are points (1/72 inch). */
public sealed interface Mark {
    /** The smallest rectangle that holds all of it. */
    Region bounds();

    /** A filled rectangle. */
    record Area(Region bounds, Colour colour) implements Mark {}

    /**
     * A filled polygon.
     *
     * @param corners at least three, of one that does not cross itself
     */
    record Polygon(List<Point> corners, Colour colour) implements Mark {
        public Polygon {
            corners = List.copyOf(corners);
            if (corners.size() < 3) {
                throw new IllegalArgumentException("corners: " + corners.size() + " make no polygon");
            }
        }

        @Override
        public Region bounds() {
            return Region.around(corners, 0);
        }
    }

    /** A filled circle. */
    record Disc(Point centre, double radius, Colour colour) implements Mark {
        @Override
        public Region bounds() {
            return Region.around(List.of(centre), radius);
        }
    }

    /** How a line goes on. */
    enum Dash {
        /** Without gaps. */
        SOLID(0, 0),
        /** Dashes. */
        DASHED(3, 2),
        /** Dots. */
        DOTTED(1, 1.5);

        private final double on;
        private final double off;

        Dash(double on, double off) {
            this.on = on;
            this.off = off;
        }

        double on() {
            return on;
        }

        double off() {
            return off;
        }
    }

    /**
     * A line from point to point.
     *
     * @param points at least two
     * @param width of the pen
     */
    record Line(List<Point> points, double width, Colour colour, Dash dash) implements Mark {
        public Line {
            points = List.copyOf(points);
            if (points.size() < 2 || !(width > 0)) {
                throw new IllegalArgumentException(
                        "line: " + points.size() + " points and a pen of " + width + " draw nothing");
            }
        }

        @Override
        public Region bounds() {
            return Region.around(points, width / 2);
        }
    }

    /** Where a label's point is. */
    enum Anchor {
        /** At its left end. */
        START,
        /** In its middle. */
        MIDDLE,
        /** At its right end. */
        END
    }

    /**
     * A line of text.
     *
     * @param at place of the anchor on its base line
     * @param size of the font
     * @param upwards whether it is read from below to above
     */
    record Label(String text, Point at, Anchor anchor, double size, Typeface typeface, Colour colour, boolean upwards)
            implements Mark {
        public Label {
            if (text.isBlank() || !(size > 0)) {
                throw new IllegalArgumentException("label: '" + text + "' of " + size + " points cannot be read");
            }
        }

        /** From the height of its capitals to the depth of its g, whatever letters it has. */
        @Override
        public Region bounds() {
            double length = typeface.width(text, size);
            double start = -offset(length);
            double above = size * Typeface.CAPITALS;
            double height = above + size * Typeface.DESCENT;
            return upwards
                    ? new Region(at.x() - above, at.y() - start - length, height, length)
                    : new Region(at.x() + start, at.y() - above, length, height);
        }

        /** Its letters on the page. */
        Path2D outline() {
            AffineTransform place = AffineTransform.getTranslateInstance(at.x(), at.y());
            if (upwards) {
                place.concatenate(new AffineTransform(0, -1, 1, 0, 0, 0));
            }
            place.translate(-offset(typeface.width(text, size)), 0);
            return new Path2D.Double(typeface.outline(text, size), place);
        }

        private double offset(double length) {
            return switch (anchor) {
                case START -> 0;
                case MIDDLE -> length / 2;
                case END -> length;
            };
        }
    }

    /** A picture that fills a rectangle. */
    record Picture(Region bounds, Pixels pixels) implements Mark {}
}
