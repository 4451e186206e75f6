package org.ppflow.app.figure;

import java.util.ArrayList;
import java.util.List;

/** Collects the marks of a drawing; the sizes that all figures share are here. */
public final class Canvas {
    /** One column of a two-column paper, 3.25 in with its margins. */
    public static final double COLUMN = 3.25 * 72 - 2 * Drawing.MARGIN;

    /** Both columns, 6.75 in with its margins. */
    public static final double PAGE = 6.75 * 72 - 2 * Drawing.MARGIN;

    /** Size of titles. */
    public static final double TITLE = 9;

    /** Size of all other text. */
    public static final double TEXT = 8;

    /** The least size, for numbers inside of what they number. */
    public static final double SMALL = 6;

    /** From one base line to the next. */
    public static final double LINE_HEIGHT = 10.5;

    /** Pen of outlines and axes. */
    public static final double PEN = 0.6;

    /** Pen of grids. */
    public static final double FINE_PEN = 0.35;

    private static final double SET_OFF = 0.75;

    private final double width;
    private final List<Mark> marks = new ArrayList<>();

    /** An empty page of a width; its height is known at the end. */
    public Canvas(double width) {
        this.width = width;
    }

    /** Width of the page. */
    public double width() {
        return width;
    }

    /** Adds a mark on top of the others. */
    public void add(Mark mark) {
        marks.add(mark);
    }

    /** A filled rectangle. */
    public void area(Region region, Colour colour) {
        add(new Mark.Area(region, colour));
    }

    /** The outline of a rectangle; the pen's middle is on its sides. */
    public void frame(Region region, double pen, Colour colour) {
        Point corner = new Point(region.x(), region.y());
        // The last side goes half a pen beyond the corner, so that it is as square as the others.
        add(new Mark.Line(
                List.of(
                        corner,
                        new Point(region.right(), region.y()),
                        new Point(region.right(), region.bottom()),
                        new Point(region.x(), region.bottom()),
                        corner.plus(0, -pen / 2)),
                pen,
                colour,
                Mark.Dash.SOLID));
    }

    /** A straight line. */
    public void line(Point from, Point to, double pen, Colour colour) {
        add(new Mark.Line(List.of(from, to), pen, colour, Mark.Dash.SOLID));
    }

    /** A text in ink, of the usual size. */
    public void text(String text, Point at, Mark.Anchor anchor) {
        text(text, at, anchor, TEXT, Colour.INK);
    }

    /** A text. */
    public void text(String text, Point at, Mark.Anchor anchor, double size, Colour colour) {
        add(new Mark.Label(text, at, anchor, size, Typeface.REGULAR, colour, false));
    }

    /** A title. */
    public void title(String text, Point at, Mark.Anchor anchor) {
        add(new Mark.Label(text, at, anchor, TITLE, Typeface.MEDIUM, Colour.INK, false));
    }

    /** A text that is read from below to above. */
    public void upwards(String text, Point at, Mark.Anchor anchor) {
        add(new Mark.Label(text, at, anchor, TEXT, Typeface.REGULAR, Colour.INK, true));
    }

    /** A text in the middle of a region, set off from lines there, in the colour that is read best; only if it fits. */
    public void inside(String text, Region region, Colour background, double size) {
        Point at = region.centre().plus(0, size * Typeface.CAPITALS / 2);
        Mark.Label label =
                new Mark.Label(text, at, Mark.Anchor.MIDDLE, size, Typeface.REGULAR, background.readable(), false);
        if (region.holds(label.bounds().widened(SET_OFF))) {
            area(label.bounds().widened(SET_OFF), background);
            add(label);
        }
    }

    /** The drawing, of a height. */
    public Drawing drawing(double height) {
        return new Drawing(width, height, marks);
    }
}
