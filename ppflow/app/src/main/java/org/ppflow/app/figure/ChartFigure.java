package org.ppflow.app.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Charts beside each other with one legend below: a single one as wide as a column, two in a row over both columns. */
public final class ChartFigure {
    private static final double HEIGHT = 165;
    private static final double GAP = 12;
    private static final double KEY = 14;
    private static final double KEY_GAP = 4;
    private static final double CAPITALS = Canvas.TEXT * Typeface.CAPITALS;

    private ChartFigure() {}

    /** @param draw draws the key around a point */
    private record Entry(String text, BiConsumer<Canvas, Point> draw) {
        double width() {
            return KEY + KEY_GAP + Typeface.REGULAR.width(text, Canvas.TEXT);
        }
    }

    /**
     * The figure. A series of the same name has the same colour and shape in every chart. Labels that find no free place beside their points are left out.
     *
     * @param title for those who cannot see it
     * @param charts at least one
     */
    public static Figure of(String title, List<CostQualityChart> charts) {
        return of(title, charts, 0);
    }

    /**
     * The same beside figures that have used colours for something else.
     *
     * @param used how many of the first colours are taken
     */
    public static Figure of(String title, List<CostQualityChart> charts, int used) {
        if (charts.isEmpty()) {
            throw new IllegalArgumentException("charts: '" + title + "' has none");
        }
        Map<String, Integer> styles = new LinkedHashMap<>();
        for (CostQualityChart chart : charts) {
            chart.series().forEach(series -> styles.putIfAbsent(series.name(), used + styles.size()));
        }
        int columns = Math.min(2, charts.size());
        Canvas canvas = new Canvas(columns == 1 ? Canvas.COLUMN : Canvas.PAGE);
        double width = (canvas.width() - GAP * (columns - 1)) / columns;
        double bottom = 0;
        for (int i = 0; i < charts.size(); i++) {
            int row = i / columns;
            Region region = new Region(i % columns * (width + GAP), row * (HEIGHT + GAP), width, HEIGHT);
            ChartPanel.draw(canvas, charts.get(i), styles, region);
            bottom = region.bottom();
        }
        bottom = legend(canvas, entries(charts, styles), bottom + GAP);
        return new Figure(title, canvas.drawing(bottom));
    }

    private static List<Entry> entries(List<CostQualityChart> charts, Map<String, Integer> styles) {
        List<Entry> entries = new ArrayList<>();
        styles.forEach((name, style) -> entries.add(new Entry(name, (canvas, at) -> {
            if (charts.stream()
                    .flatMap(chart -> chart.series().stream())
                    .anyMatch(series -> series.name().equals(name)
                            && series.connected()
                            && series.scores().size() > 1)) {
                canvas.line(at.plus(-KEY / 2, 0), at.plus(KEY / 2, 0), 1, Colour.series(style));
            }
            Marker.series(style).draw(canvas, at, Colour.series(style), CostQualityChart.Kind.FULL_SCALE);
        })));
        for (CostQualityChart.Kind kind : CostQualityChart.Kind.values()) {
            if (charts.stream().flatMap(chart -> chart.scores().stream()).anyMatch(score -> score.kind() == kind)) {
                entries.add(
                        new Entry(kind.meaning(), (canvas, at) -> Marker.CIRCLE.draw(canvas, at, Colour.MUTED, kind)));
            }
        }
        if (charts.stream().anyMatch(chart -> chart.front().isPresent())) {
            entries.add(new Entry(
                    "Pareto front",
                    (canvas, at) -> canvas.add(new Mark.Line(
                            List.of(at.plus(-KEY / 2, 0), at.plus(KEY / 2, 0)), 0.9, Colour.MUTED, Mark.Dash.DASHED))));
        }
        return entries;
    }

    /** Entries from left to right, in as many lines as they need, each in the middle of the page; gives the lower end. */
    private static double legend(Canvas canvas, List<Entry> entries, double top) {
        List<List<Entry>> lines = new ArrayList<>();
        double used = Double.POSITIVE_INFINITY;
        for (Entry entry : entries) {
            if (used + GAP + entry.width() > canvas.width()) {
                lines.add(new ArrayList<>());
                used = -GAP;
            }
            lines.get(lines.size() - 1).add(entry);
            used += GAP + entry.width();
        }
        double y = top;
        for (List<Entry> line : lines) {
            double width = line.stream().mapToDouble(Entry::width).sum() + GAP * (line.size() - 1);
            double x = (canvas.width() - width) / 2;
            for (Entry entry : line) {
                entry.draw().accept(canvas, new Point(x + KEY / 2, y));
                canvas.text(entry.text(), new Point(x + KEY + KEY_GAP, y + CAPITALS / 2), Mark.Anchor.START);
                x += entry.width() + GAP;
            }
            y += Canvas.LINE_HEIGHT;
        }
        return y - Canvas.LINE_HEIGHT + CAPITALS;
    }
}
