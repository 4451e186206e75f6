package org.ppflow.app.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws loss curves as SVG: the loss on a logarithmic axis over images seen, smoothed lines over faint points. */
final class LossChart {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 320;
    private static final int LEFT = 52;
    private static final int RIGHT = 12;
    private static final int TOP = 12;
    private static final int BOTTOM = 40;
    private static final double SMOOTHING = 0.95;
    private static final int MOST_POINTS = 400;
    private static final double[] TICKS = {1, 1.5, 2, 3, 5, 7};

    private LossChart() {}

    /**
     * The chart.
     *
     * @param models with their curves; points that are not finite and above 0 are left out
     */
    static String svg(List<ReportModel.Model> models) {
        double low = Double.POSITIVE_INFINITY;
        double high = 0;
        double last = 1;
        for (ReportModel.Model model : models) {
            for (ReportModel.Loss point : smoothed(model.losses())) {
                low = Math.min(low, point.loss());
                high = Math.max(high, point.loss());
                last = Math.max(last, point.images());
            }
        }
        if (high == 0) {
            return "<svg class=\"chart\" viewBox=\"0 0 " + WIDTH + " 40\" role=\"img\" aria-label=\"No losses yet\">"
                    + "<text x=\"8\" y=\"26\">no losses yet</text></svg>";
        }
        Scale scale = new Scale(Math.log(low * 0.92), Math.log(high * 1.08), last);
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg class=\"chart\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Training loss over images seen, one line a model\">",
                WIDTH,
                HEIGHT));
        axes(svg, scale, low * 0.92, high * 1.08, last);
        for (int i = 0; i < models.size(); i++) {
            line(svg, scale, models.get(i).losses(), "raw series" + i % 4);
            line(svg, scale, smoothed(models.get(i).losses()), "line series" + i % 4);
        }
        return svg.append("</svg>").toString();
    }

    private record Scale(double low, double high, double last) {
        double x(double images) {
            return LEFT + images / last * (WIDTH - LEFT - RIGHT);
        }

        double y(double loss) {
            double share = (Math.log(loss) - low) / (high - low);
            return TOP + (1 - Math.max(0, Math.min(1, share))) * (HEIGHT - TOP - BOTTOM);
        }
    }

    private static void axes(StringBuilder svg, Scale scale, double low, double high, double last) {
        for (int exponent = -6; exponent <= 6; exponent++) {
            for (double tick : TICKS) {
                double value = tick * Math.pow(10, exponent);
                if (value >= low && value <= high) {
                    svg.append(String.format(
                            Locale.ROOT,
                            "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/><text class=\"tick end\" x=\"%d\" y=\"%.1f\">%s</text>",
                            LEFT,
                            WIDTH - RIGHT,
                            scale.y(value),
                            scale.y(value),
                            LEFT - 6,
                            scale.y(value) + 4,
                            value >= 1
                                    ? String.format(Locale.ROOT, "%.1f", value)
                                    : String.format(Locale.ROOT, "%.2f", value)));
                }
            }
        }
        for (int part = 0; part <= 4; part++) {
            double images = last * part / 4;
            svg.append(String.format(
                    Locale.ROOT,
                    "<text class=\"tick middle\" x=\"%.1f\" y=\"%d\">%,.0f</text>",
                    Math.min(scale.x(images), WIDTH - 30),
                    HEIGHT - BOTTOM + 18,
                    images));
        }
        svg.append(String.format(
                Locale.ROOT,
                "<text class=\"tick middle\" x=\"%d\" y=\"%d\">images seen</text>",
                (LEFT + WIDTH - RIGHT) / 2,
                HEIGHT - 4));
    }

    private static void line(StringBuilder svg, Scale scale, List<ReportModel.Loss> points, String style) {
        StringBuilder path = new StringBuilder();
        int stride = Math.max(1, points.size() / MOST_POINTS);
        for (int i = 0; i < points.size(); i += stride) {
            ReportModel.Loss point = points.get(i);
            if (point.loss() > 0 && Double.isFinite(point.loss())) {
                path.append(String.format(
                        Locale.ROOT,
                        "%s%.1f %.1f",
                        path.isEmpty() ? "M" : "L",
                        scale.x(point.images()),
                        scale.y(point.loss())));
            }
        }
        if (!path.isEmpty()) {
            svg.append("<path class=\"")
                    .append(style)
                    .append("\" d=\"")
                    .append(path)
                    .append("\"/>");
        }
    }

    private static List<ReportModel.Loss> smoothed(List<ReportModel.Loss> points) {
        List<ReportModel.Loss> result = new ArrayList<>();
        double mean = 0;
        double weight = 0;
        for (ReportModel.Loss point : points) {
            if (point.loss() > 0 && Double.isFinite(point.loss())) {
                mean = SMOOTHING * mean + (1 - SMOOTHING) * point.loss();
                weight = SMOOTHING * weight + (1 - SMOOTHING);
                result.add(new ReportModel.Loss(point.images(), mean / weight));
            }
        }
        return result;
    }
}
