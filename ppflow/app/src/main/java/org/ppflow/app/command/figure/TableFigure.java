package org.ppflow.app.command.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.comparison.Filled;
import org.ppflow.app.figure.Axis;
import org.ppflow.app.figure.ChartFigure;
import org.ppflow.app.figure.CostQualityChart;
import org.ppflow.app.figure.Figure;
import org.ppflow.nn.errors.BadInputException;

/**
 * A table as charts: a cost against two metrics, for each block that has numbers. A line joins the numbers of one model from one origin; its rows' names differ in their
 * last word.
 *
 * @param cost column of the costs
 * @param axis what it shows
 */
record TableFigure(String cost, String axis) {
    private static final int METRICS = 2;

    /** What a line joins: published numbers and ours never. */
    private record Joined(String model, Filled.Origin origin) {}

    /** The charts of a table's numbers. */
    List<CostQualityChart> charts(Filled table) {
        List<CostQualityChart> charts = new ArrayList<>();
        for (Filled.Block block : table.blocks()) {
            int at = block.columns().indexOf(cost);
            List<Integer> metrics = new ArrayList<>();
            for (int column = 0; column < block.columns().size(); column++) {
                if (!block.columns().get(column).endsWith("flops") && wanted(block, column)) {
                    metrics.add(column);
                }
            }
            if (at >= 0) {
                metrics.stream()
                        .limit(METRICS)
                        .forEach(metric -> chart(block, at, metric).ifPresent(charts::add));
            }
        }
        return charts;
    }

    /**
     * Charts as a figure.
     *
     * @param title for those who cannot see it
     * @throws BadInputException if there is nothing to draw
     */
    static Figure figure(String title, List<CostQualityChart> charts) {
        if (charts.isEmpty()) {
            throw BadInputException.at("'" + title + "'")
                    .found("no row of the table with both a cost and a metric")
                    .expected("published rows, or records of experiments that have been run")
                    .advice("give --records DIR, or another --table")
                    .build();
        }
        return ChartFigure.of(title, charts);
    }

    /** The paper draws FID and Inception Score; sFID stands between them in its tables. */
    private static boolean wanted(Filled.Block block, int column) {
        return !block.columns().get(column).equals("sfid");
    }

    private Optional<CostQualityChart> chart(Filled.Block block, int at, int metric) {
        Map<Joined, List<CostQualityChart.Score>> series = new LinkedHashMap<>();
        for (Filled.Line line : block.lines()) {
            Filled.Cell cell = line.cells().get(metric);
            Double value = cell.value();
            Double spent = cost(block, line.row(), at);
            if (value == null || spent == null) {
                continue;
            }
            int space = line.row().lastIndexOf(' ');
            String name = space < 0 ? line.row() : line.row().substring(0, space);
            Double spread = cell.spread();
            series.computeIfAbsent(new Joined(name, line.origin()), unused -> new ArrayList<>())
                    .add(new CostQualityChart.Score(
                            spent,
                            value,
                            spread == null ? OptionalDouble.empty() : OptionalDouble.of(spread),
                            space < 0 ? "" : line.row().substring(space + 1),
                            kind(line.origin())));
        }
        if (series.isEmpty()) {
            return Optional.empty();
        }
        String heading = block.headings().get(metric);
        String plain = heading.substring(0, heading.length() - 2);
        return Optional.of(new CostQualityChart(
                block.name(),
                Axis.linear(axis),
                Axis.linear(plain + (heading.endsWith("↓") ? " (lower is better)" : " (higher is better)")),
                series.entrySet().stream()
                        .map(entry -> new CostQualityChart.Series(entry.getKey().model(), entry.getValue(), true))
                        .toList(),
                Optional.empty()));
    }

    /** Counted where the row has an experiment, else as published. */
    private static @Nullable Double cost(Filled.Block block, String row, int at) {
        Double published = null;
        for (Filled.Line line : block.lines()) {
            Double value = line.cells().get(at).value();
            if (line.row().equals(row) && value != null) {
                if (line.origin() != Filled.Origin.PAPER) {
                    return value;
                }
                published = value;
            }
        }
        return published;
    }

    private static CostQualityChart.Kind kind(Filled.Origin origin) {
        return switch (origin) {
            case PAPER -> CostQualityChart.Kind.PUBLISHED;
            case OURS -> CostQualityChart.Kind.FULL_SCALE;
            case SCALED -> CostQualityChart.Kind.SCALED_DOWN;
        };
    }
}
