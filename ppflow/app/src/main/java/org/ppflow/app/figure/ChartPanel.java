package org.ppflow.app.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Draws one chart into a part of the page. */
final class ChartPanel {
    private static final double TICK = 2.5;
    private static final double GAP = 3;
    private static final double CAP = 1.8;
    private static final double SERIES_PEN = 1;
    private static final double FRONT_PEN = 0.9;
    private static final double CAPITALS = Canvas.TEXT * Typeface.CAPITALS;
    private static final double DESCENT = Canvas.TEXT * Typeface.DESCENT;

    private final Canvas canvas;
    private final CostQualityChart chart;
    private final Map<String, Integer> styles;
    private final Scale across;
    private final Scale up;
    private final Region plot;

    private ChartPanel(Canvas canvas, CostQualityChart chart, Map<String, Integer> styles, Region region) {
        this.canvas = canvas;
        this.chart = chart;
        this.styles = styles;
        List<CostQualityChart.Score> scores = chart.scores();
        across = Scale.around(
                scores.stream().map(CostQualityChart.Score::cost).toList(),
                chart.cost().log());
        up = Scale.around(
                scores.stream()
                        .flatMap(score -> Stream.of(score.lowest(), score.highest()))
                        .toList(),
                chart.quality().log());
        double widest = up.ticks().stream()
                .mapToDouble(tick -> Typeface.REGULAR.width(tick.text(), Canvas.TEXT))
                .max()
                .orElse(0);
        double left = CAPITALS + DESCENT + 3 * GAP + widest + TICK + 1;
        double top = chart.title().isBlank() ? GAP : Canvas.TITLE + 2 * GAP;
        double bottom = TICK + GAP + 2 * Canvas.LINE_HEIGHT;
        plot = new Region(
                region.x() + left, region.y() + top, region.width() - left - 2 * GAP, region.height() - top - bottom);
    }

    /**
     * Draws it.
     *
     * @param styles index of each series' colour and shape, by its name
     */
    static void draw(Canvas canvas, CostQualityChart chart, Map<String, Integer> styles, Region region) {
        ChartPanel panel = new ChartPanel(canvas, chart, styles, region);
        panel.axes(region);
        panel.scores();
    }

    private void axes(Region region) {
        for (Scale.Tick tick : up.ticks()) {
            double y = plot.bottom() - up.position(tick.value()) * plot.height();
            canvas.line(new Point(plot.x(), y), new Point(plot.right(), y), Canvas.FINE_PEN, Colour.GRID);
            canvas.line(new Point(plot.x() - TICK, y), new Point(plot.x(), y), Canvas.PEN, Colour.INK);
            canvas.text(tick.text(), new Point(plot.x() - TICK - GAP, y + CAPITALS / 2), Mark.Anchor.END);
        }
        double below = plot.bottom() + TICK + GAP + CAPITALS;
        double free = Double.NEGATIVE_INFINITY;
        for (Scale.Tick tick : across.ticks()) {
            double x = plot.x() + across.position(tick.value()) * plot.width();
            canvas.line(new Point(x, plot.y()), new Point(x, plot.bottom()), Canvas.FINE_PEN, Colour.GRID);
            canvas.line(new Point(x, plot.bottom()), new Point(x, plot.bottom() + TICK), Canvas.PEN, Colour.INK);
            double half = Typeface.REGULAR.width(tick.text(), Canvas.TEXT) / 2;
            // Ticks of a logarithmic axis come close together towards its end; one that would touch the last stays
            // unwritten.
            if (x - half > free && x + half <= canvas.width()) {
                canvas.text(tick.text(), new Point(x, below), Mark.Anchor.MIDDLE);
                free = x + half + GAP;
            }
        }
        canvas.line(new Point(plot.x(), plot.y()), new Point(plot.x(), plot.bottom()), Canvas.PEN, Colour.INK);
        canvas.line(
                new Point(plot.x() - Canvas.PEN / 2, plot.bottom()),
                new Point(plot.right(), plot.bottom()),
                Canvas.PEN,
                Colour.INK);
        canvas.text(
                chart.cost().label(), new Point(plot.centre().x(), below + Canvas.LINE_HEIGHT + 1), Mark.Anchor.MIDDLE);
        canvas.upwards(
                chart.quality().label(),
                new Point(region.x() + CAPITALS + 1, plot.centre().y()),
                Mark.Anchor.MIDDLE);
        if (!chart.title().isBlank()) {
            canvas.title(
                    chart.title(),
                    new Point(plot.x(), region.y() + Canvas.TITLE * Typeface.CAPITALS + 1),
                    Mark.Anchor.START);
        }
    }

    private Point place(CostQualityChart.Score score, double value) {
        return new Point(
                plot.x() + across.position(score.cost()) * plot.width(),
                plot.bottom() - up.position(value) * plot.height());
    }

    private Point place(CostQualityChart.Score score) {
        return place(score, score.value());
    }

    private void scores() {
        LabelPlacement labels = new LabelPlacement(plot);
        chart.front()
                .ifPresent(better -> path(
                        ParetoFront.of(chart.scores(), better), FRONT_PEN, Colour.MUTED, Mark.Dash.DASHED, labels));
        for (CostQualityChart.Series series : chart.series()) {
            if (series.connected()) {
                path(series.scores(), SERIES_PEN, colour(series), Mark.Dash.SOLID, labels);
            }
        }
        for (CostQualityChart.Series series : chart.series()) {
            for (CostQualityChart.Score score : series.scores()) {
                if (score.error().isPresent()) {
                    errorBar(score, colour(series), labels);
                }
            }
        }
        for (CostQualityChart.Series series : chart.series()) {
            for (CostQualityChart.Score score : series.scores()) {
                Marker.series(style(series)).draw(canvas, place(score), colour(series), score.kind());
                labels.avoid(place(score));
            }
        }
        write(chart.scores().stream().filter(score -> !score.label().isBlank()).toList(), labels);
    }

    private int style(CostQualityChart.Series series) {
        return styles.getOrDefault(series.name(), 0);
    }

    private Colour colour(CostQualityChart.Series series) {
        return Colour.series(style(series));
    }

    private void path(
            List<CostQualityChart.Score> scores, double pen, Colour colour, Mark.Dash dash, LabelPlacement labels) {
        List<Point> points = new ArrayList<>(scores.stream().map(this::place).toList());
        for (int i = 1; i < points.size(); i++) {
            labels.avoid(points.get(i - 1), points.get(i));
        }
        if (points.size() > 1) {
            canvas.add(new Mark.Line(points, pen, colour, dash));
        }
    }

    private void errorBar(CostQualityChart.Score score, Colour colour, LabelPlacement labels) {
        Point low = place(score, score.lowest());
        Point high = place(score, score.highest());
        labels.avoid(low, high);
        canvas.line(low, high, Canvas.PEN, colour);
        canvas.line(low.plus(-CAP, 0), low.plus(CAP, 0), Canvas.PEN, colour);
        canvas.line(high.plus(-CAP, 0), high.plus(CAP, 0), Canvas.PEN, colour);
    }

    private void write(List<CostQualityChart.Score> scores, LabelPlacement labels) {
        for (CostQualityChart.Score score : scores) {
            labels.add(place(score), Typeface.REGULAR.width(score.label(), Canvas.TEXT), CAPITALS + DESCENT);
        }
        List<Optional<Region>> places = labels.places();
        for (int i = 0; i < scores.size(); i++) {
            Region found = places.get(i).orElse(null);
            if (found != null) {
                leader(place(scores.get(i)), found);
                canvas.text(scores.get(i).label(), new Point(found.x(), found.y() + CAPITALS), Mark.Anchor.START);
            }
        }
    }

    /** Joins a label that is not beside its point to it. */
    private void leader(Point point, Region label) {
        Point end = label.nearest(point);
        double distance = point.distance(end);
        if (distance >= LabelPlacement.FAR) {
            double start = (Marker.RADIUS + 1) / distance;
            Point from = point.plus(start * (end.x() - point.x()), start * (end.y() - point.y()));
            canvas.line(from, end, Canvas.FINE_PEN, Colour.MUTED);
        }
    }
}
