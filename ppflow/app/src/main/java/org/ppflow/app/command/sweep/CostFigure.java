package org.ppflow.app.command.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ppflow.app.figure.Axis;
import org.ppflow.app.figure.ChartFigure;
import org.ppflow.app.figure.CostQualityChart;
import org.ppflow.app.figure.Figure;
import org.ppflow.app.sweep.CostRecord;
import org.ppflow.app.sweep.SweepSubject;

/** The points of a cost sweep as a chart: a series for each choice of boundaries, and the Pareto front. */
final class CostFigure {
    private static final double GIGA = 1e9;

    private CostFigure() {}

    static Figure of(CostRecord record) {
        SweepSubject subject = record.subject();
        Map<String, List<CostQualityChart.Score>> series = new LinkedHashMap<>();
        for (CostRecord.Point point : record.points()) {
            String boundaries = point.boundaries().isEmpty()
                    ? subject.schedule()
                    : "boundary at "
                            + point.boundaries().stream().map(String::valueOf).collect(Collectors.joining(" and "));
            series.computeIfAbsent(boundaries, name -> new ArrayList<>())
                    .add(CostQualityChart.Score.of(
                            point.flops() / GIGA,
                            point.value(),
                            String.valueOf(point.steps()),
                            CostQualityChart.Kind.SCALED_DOWN));
        }
        String metric = subject.metricName();
        CostQualityChart chart = new CostQualityChart(
                subject.experiment() + ", " + subject.schedule() + ", by steps",
                Axis.linear("GFLOPs a sample"),
                Axis.linear(metric + (subject.lowerIsBetter() ? " (lower is better)" : " (higher is better)")),
                series.entrySet().stream()
                        .map(entry -> new CostQualityChart.Series(entry.getKey(), entry.getValue(), false))
                        .toList(),
                Optional.of(subject.lowerIsBetter() ? CostQualityChart.Better.LOWER : CostQualityChart.Better.HIGHER));
        return ChartFigure.of("Cost of sampling against " + metric, List.of(chart));
    }
}
