package org.ppflow.app.sweep;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ppflow.app.record.SealedJson;

/**
 * A finished search for the guidance scale of each level. Nothing in it depends on the clock: the same search gives the same bytes.
 *
 * @param subject what was searched
 * @param grid values of a scale
 * @param best scale of each level
 * @param rounds that were taken
 * @param settled whether the last round changed nothing at the finest step; not so where the rounds ended before
 * @param points in the order of their evaluation
 */
public record GuidanceRecord(
        SweepSubject subject, ScaleGrid grid, List<Double> best, int rounds, boolean settled, List<Point> points) {
    /** How it lies on disk. */
    public static final SealedJson<GuidanceRecord> FILE =
            new SealedJson<>("ppflow-guidance-search-1", GuidanceRecord.class, "the search");

    /**
     * One candidate.
     *
     * @param scales of the levels, from noise to data
     * @param value of the metric
     * @param best whether it was found to be the best
     * @param flops of one sample, blocks only, guidance counted
     * @param metrics all, by name
     */
    public record Point(List<Double> scales, double value, boolean best, double flops, Map<String, Double> metrics) {
        public Point {
            scales = List.copyOf(scales);
            metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        }
    }

    public GuidanceRecord {
        best = List.copyOf(best);
        points = List.copyOf(points);
    }
}
