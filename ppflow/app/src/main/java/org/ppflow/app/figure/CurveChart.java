package org.ppflow.app.figure;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Lines over a common horizontal axis: losses over images, errors over evaluations.
 *
 * @param title above the chart; may be empty
 * @param across horizontal axis
 * @param up vertical axis
 * @param curves at least one; the legend is in their order
 */
public record CurveChart(String title, Axis across, Axis up, List<Curve> curves) {
    private static final double HEIGHT = 165;
    private static final double GAP = 12;
    private static final double TICK = 2.5;
    private static final double SPACE = 3;
    private static final double KEY = 14;
    private static final double PEN = 1;
    private static final double FAINT_PEN = 0.5;
    private static final double FAINT = 0.35;
    private static final double CAPITALS = Canvas.TEXT * Typeface.CAPITALS;

    /**
     * A line.
     *
     * @param name in the legend; a curve without one is faint and has the colour of the next that has one, as the raw values below their mean
     * @param points from left to right; above 0 on a logarithmic axis
     */
    public record Curve(String name, List<Point> points) {
        public Curve {
            points = List.copyOf(points);
        }
    }

    public CurveChart {
        curves = List.copyOf(curves);
        if (curves.stream().allMatch(curve -> curve.points().isEmpty())) {
            throw new IllegalArgumentException("curves: '" + title + "' has no point to draw");
        }
        for (Curve curve : curves) {
            for (Point point : curve.points()) {
                if ((across.log() && point.x() <= 0) || (up.log() && point.y() <= 0)) {
                    throw new IllegalArgumentException(
                            "curve '" + curve.name() + "': " + point + " must be above 0 on a logarithmic axis");
                }
            }
        }
    }

    /**
     * The figure, both columns of a paper wide.
     *
     * @param what it shows, for those who cannot see it
     */
    public Figure figure(String what) {
        Canvas canvas = new Canvas(Canvas.PAGE);
        Scale x = Scale.around(values(true).boxed().toList(), across.log());
        Scale y = Scale.around(values(false).boxed().toList(), up.log());
        double widest = y.ticks().stream()
                .mapToDouble(tick -> Typeface.REGULAR.width(tick.text(), Canvas.TEXT))
                .max()
                .orElse(0);
        double left = CAPITALS + 3 * SPACE + widest + TICK + 2;
        double top = title.isBlank() ? SPACE : Canvas.TITLE + 2 * SPACE;
        Region plot = new Region(
                left, top, canvas.width() - left - 2 * SPACE, HEIGHT - top - TICK - SPACE - 2 * Canvas.LINE_HEIGHT);
        axes(canvas, plot, x, y);
        int style = 0;
        for (Curve curve : curves) {
            draw(canvas, plot, x, y, curve, Colour.series(style));
            style += curve.name().isBlank() ? 0 : 1;
        }
        return new Figure(what, canvas.drawing(legend(canvas)));
    }

    private DoubleStream values(boolean horizontal) {
        return curves.stream()
                .flatMap(curve -> curve.points().stream())
                .mapToDouble(point -> horizontal ? point.x() : point.y());
    }

    private void axes(Canvas canvas, Region plot, Scale x, Scale y) {
        for (Scale.Tick tick : y.ticks()) {
            double at = plot.bottom() - y.position(tick.value()) * plot.height();
            canvas.line(new Point(plot.x(), at), new Point(plot.right(), at), Canvas.FINE_PEN, Colour.GRID);
            canvas.line(new Point(plot.x() - TICK, at), new Point(plot.x(), at), Canvas.PEN, Colour.INK);
            canvas.text(tick.text(), new Point(plot.x() - TICK - SPACE, at + CAPITALS / 2), Mark.Anchor.END);
        }
        double below = plot.bottom() + TICK + SPACE + CAPITALS;
        for (Scale.Tick tick : x.ticks()) {
            double at = plot.x() + x.position(tick.value()) * plot.width();
            canvas.line(new Point(at, plot.bottom()), new Point(at, plot.bottom() + TICK), Canvas.PEN, Colour.INK);
            if (at + Typeface.REGULAR.width(tick.text(), Canvas.TEXT) / 2 <= canvas.width()) {
                canvas.text(tick.text(), new Point(at, below), Mark.Anchor.MIDDLE);
            }
        }
        canvas.line(new Point(plot.x(), plot.y()), new Point(plot.x(), plot.bottom()), Canvas.PEN, Colour.INK);
        canvas.line(
                new Point(plot.x() - Canvas.PEN / 2, plot.bottom()),
                new Point(plot.right(), plot.bottom()),
                Canvas.PEN,
                Colour.INK);
        canvas.text(across.label(), new Point(plot.centre().x(), below + Canvas.LINE_HEIGHT + 1), Mark.Anchor.MIDDLE);
        canvas.upwards(up.label(), new Point(CAPITALS + 1, plot.centre().y()), Mark.Anchor.MIDDLE);
        if (!title.isBlank()) {
            canvas.title(title, new Point(plot.x(), Canvas.TITLE * Typeface.CAPITALS + 1), Mark.Anchor.START);
        }
    }

    private static void draw(Canvas canvas, Region plot, Scale x, Scale y, Curve curve, Colour colour) {
        List<Point> places = curve.points().stream()
                .map(point -> new Point(
                        plot.x() + x.position(point.x()) * plot.width(),
                        plot.bottom() - y.position(point.y()) * plot.height()))
                .toList();
        boolean faint = curve.name().isBlank();
        if (places.size() == 1) {
            canvas.add(new Mark.Disc(places.get(0), PEN, colour));
        } else if (!places.isEmpty()) {
            canvas.add(new Mark.Line(
                    places, faint ? FAINT_PEN : PEN, faint ? colour.tint(FAINT) : colour, Mark.Dash.SOLID));
        }
    }

    /** Names in one line below, from the left; gives its lower end. */
    private double legend(Canvas canvas) {
        double y = HEIGHT + GAP / 2;
        double at = 0;
        int style = 0;
        for (Curve curve : curves) {
            if (curve.name().isBlank()) {
                continue;
            }
            double width = KEY + SPACE + Typeface.REGULAR.width(curve.name(), Canvas.TEXT);
            if (at > 0 && at + width > canvas.width()) {
                at = 0;
                y += Canvas.LINE_HEIGHT;
            }
            canvas.line(new Point(at, y), new Point(at + KEY, y), PEN, Colour.series(style++));
            canvas.text(curve.name(), new Point(at + KEY + SPACE, y + CAPITALS / 2), Mark.Anchor.START);
            at += width + GAP;
        }
        return y + CAPITALS;
    }
}
