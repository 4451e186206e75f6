package org.ppflow.app.command.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ppflow.app.figure.Axis;
import org.ppflow.app.figure.CostQualityChart;
import org.ppflow.app.sweep.SweepScores;
import org.ppflow.app.sweep.SweepSubject;

/** Sweeps as charts: what a sample costs against how good it is, with the Pareto front. */
public final class SweepCharts {
    private static final double GIGA = 1e9;

    private SweepCharts() {}

    /** Sweeps that can stand in one chart: the same kind and the same metric. */
    private record Axes(SweepScores.Kind kind, String metric) {}

    /**
     * A chart for each kind of sweep and each metric; several sweeps of both alike share one, with the front of all.
     *
     * @param sweeps in the order of the charts
     */
    public static List<CostQualityChart> of(List<SweepScores> sweeps) {
        Map<Axes, List<SweepScores>> charts = new LinkedHashMap<>();
        for (SweepScores sweep : sweeps) {
            charts.computeIfAbsent(new Axes(sweep.kind(), sweep.subject().metric()), unused -> new ArrayList<>())
                    .add(sweep);
        }
        return charts.values().stream().map(SweepCharts::chart).toList();
    }

    private static CostQualityChart chart(List<SweepScores> sweeps) {
        SweepSubject first = sweeps.get(0).subject();
        Map<String, List<CostQualityChart.Score>> series = new LinkedHashMap<>();
        for (SweepScores sweep : sweeps) {
            String model = named(sweep, sweeps);
            Set<String> groups = sweep.points().stream()
                    .map(SweepScores.Point::group)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            for (SweepScores.Point point : sweep.points()) {
                // What is the same everywhere need not be said.
                String name = Stream.of(sweeps.size() > 1 ? model : "", groups.size() > 1 ? point.group() : "")
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(", "));
                series.computeIfAbsent(name.isEmpty() ? model : name, unused -> new ArrayList<>())
                        .add(CostQualityChart.Score.of(
                                point.flops() / GIGA, point.value(), point.label(), CostQualityChart.Kind.SCALED_DOWN));
            }
        }
        return new CostQualityChart(
                (sweeps.size() > 1 ? "" : first.experiment() + ", " + first.schedule() + ", ")
                        + sweeps.get(0).kind().title(),
                Axis.linear("GFLOPs a sample"),
                Axis.linear(
                        first.metricName() + (first.lowerIsBetter() ? " (lower is better)" : " (higher is better)")),
                series.entrySet().stream()
                        .map(entry -> new CostQualityChart.Series(entry.getKey(), entry.getValue(), false))
                        .toList(),
                Optional.of(first.lowerIsBetter() ? CostQualityChart.Better.LOWER : CostQualityChart.Better.HIGHER));
    }

    /** The schedule, and the experiment where another one has it too. */
    private static String named(SweepScores sweep, List<SweepScores> all) {
        SweepSubject subject = sweep.subject();
        return all.stream()
                        .map(SweepScores::subject)
                        .anyMatch(other -> other.schedule().equals(subject.schedule())
                                && !other.experiment().equals(subject.experiment()))
                ? subject.experiment() + " " + subject.schedule()
                : subject.schedule();
    }
}
