package org.ppflow.app.report;

import java.util.List;

/**
 * What a page shows of a model.
 *
 * @param name of it
 * @param levels of its schedule, from noise to data
 * @param losses of its training: all levels together first, then each where there are several
 * @param samples grid, a class a row, PNG
 * @param guidance samples from the same noise at several guidance scales
 * @param path a few samples on their way from noise to data
 */
public record ModelReport(
        String name,
        List<Level> levels,
        List<Curve> losses,
        Part<byte[]> samples,
        Part<GuidancePanel> guidance,
        Part<PathPanel> path) {
    /**
     * One level.
     *
     * @param patch {@code 4x4}
     * @param start first time
     * @param end last time
     * @param tokens of a latent
     * @param share of the finest level's cost, above 0
     */
    public record Level(String patch, double start, double end, int tokens, double share) {}

    /**
     * A line of a chart.
     *
     * @param name in the legend
     * @param points in the order of training
     */
    public record Curve(String name, List<LossPoint> points) {
        public Curve {
            points = List.copyOf(points);
        }
    }

    public ModelReport {
        levels = List.copyOf(levels);
        losses = List.copyOf(losses);
    }
}
