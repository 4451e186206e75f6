package org.ppflow.app.sweep;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ppflow.app.figure.CostQualityChart;
import org.ppflow.app.figure.ParetoFront;
import org.ppflow.app.record.SealedJson;

/**
 * A finished sweep over boundaries and steps of a model's sampling: what each costs, and how good it is. Nothing in it depends on the clock.
 *
 * @param subject what was swept over
 * @param points in the order of the sweep
 */
public record CostRecord(SweepSubject subject, List<Point> points) {
    /** How it lies on disk. */
    public static final SealedJson<CostRecord> FILE =
            new SealedJson<>("ppflow-cost-sweep-1", CostRecord.class, "the sweep");

    /**
     * One way of sampling.
     *
     * @param flops of one sample, blocks only, guidance counted
     * @param value of the metric
     * @param label for people: {@code 0.5, 20 steps}
     * @param pareto whether no other point is as cheap and as good, and cheaper or better
     * @param boundaries between the levels, upwards
     * @param steps of the solver
     * @param nfe evaluations of one sample
     * @param metrics all, by name
     */
    public record Point(
            double flops,
            double value,
            String label,
            boolean pareto,
            List<Double> boundaries,
            int steps,
            double nfe,
            Map<String, Double> metrics) {
        public Point {
            boundaries = List.copyOf(boundaries);
            metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        }

        private Point marked(boolean front) {
            return new Point(flops, value, label, front, boundaries, steps, nfe, metrics);
        }
    }

    public CostRecord {
        points = List.copyOf(points);
    }

    /** The same points with the Pareto front marked; of points that are equal in cost and value all or none are on it. */
    public static List<Point> marked(List<Point> points, boolean lowerIsBetter) {
        List<CostQualityChart.Score> scores = points.stream()
                .map(point ->
                        CostQualityChart.Score.of(point.flops(), point.value(), "", CostQualityChart.Kind.SCALED_DOWN))
                .toList();
        Set<CostQualityChart.Score> front = new HashSet<>(
                ParetoFront.of(scores, lowerIsBetter ? CostQualityChart.Better.LOWER : CostQualityChart.Better.HIGHER));
        List<Point> marked = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            marked.add(points.get(i).marked(front.contains(scores.get(i))));
        }
        return marked;
    }
}
