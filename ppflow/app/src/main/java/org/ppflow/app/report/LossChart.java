package org.ppflow.app.report;

import com.google.common.html.HtmlEscapers;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Draws the losses of a training as SVG: a smoothed line for all levels together and one for each, on a logarithmic axis over images seen. The points of the lines stand
 * in attributes, from which the page's script tells the values under the pointer.
 */
final class LossChart {
    private static final int WIDTH = 420;
    private static final int HEIGHT = 250;
    private static final int LEFT = 38;
    private static final int RIGHT = 12;
    private static final int TOP = 10;
    private static final int BOTTOM = 42;
    private static final double SMOOTHING = 0.95;
    private static final int MOST_POINTS = 160;
    private static final double[] TICKS = {1, 1.5, 2, 3, 5, 7};
    private static final int EXPONENTS = 6;
    private static final int MOST_TICKS = 5;

    /** Half a tick's text, which must not stand out of the chart. */
    private static final int MARGIN = 14;

    private final List<ModelReport.Curve> curves;
    private final Range range;
    private final PatchColours colours;

    private LossChart(List<ModelReport.Curve> curves, Range range, PatchColours colours) {
        this.curves = curves;
        this.range = range;
        this.colours = colours;
    }

    /**
     * What the axes show, the same for models that are compared.
     *
     * @param low smallest loss, above 0
     * @param high largest loss
     * @param last images seen
     */
    record Range(double low, double high, double last) {
        /** Of all curves; nothing above 0 in them makes the range empty. */
        static Range of(List<ModelReport> models) {
            double low = Double.POSITIVE_INFINITY;
            double high = 0;
            double last = 1;
            for (ModelReport model : models) {
                for (ModelReport.Curve curve : model.losses()) {
                    for (LossPoint point : smoothed(curve.points())) {
                        low = Math.min(low, point.loss());
                        high = Math.max(high, point.loss());
                        last = Math.max(last, point.images());
                    }
                }
            }
            return new Range(low * 0.92, high * 1.08, last);
        }

        boolean isEmpty() {
            return !(high > 0);
        }

        double x(double images) {
            return LEFT + images / last * (WIDTH - LEFT - RIGHT);
        }

        double y(double loss) {
            double share = (Math.log(loss) - Math.log(low)) / (Math.log(high) - Math.log(low));
            return TOP + (1 - Math.max(0, Math.min(1, share))) * (HEIGHT - TOP - BOTTOM);
        }
    }

    /**
     * The chart of a model.
     *
     * @param name of the model, for those who cannot see it
     * @param curves points that are not finite and above 0 are left out
     */
    static String svg(String name, List<ModelReport.Curve> curves, Range range, PatchColours colours) {
        List<ModelReport.Curve> drawn = new ArrayList<>();
        for (ModelReport.Curve curve : curves) {
            List<LossPoint> points = thinned(smoothed(curve.points()));
            drawn.add(new ModelReport.Curve(curve.name(), points));
        }
        if (range.isEmpty() || drawn.isEmpty() || drawn.get(0).points().isEmpty()) {
            return "<p class=\"quiet\">no losses yet</p>";
        }
        return new LossChart(drawn, range, colours).draw(name);
    }

    private String draw(String name) {
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg class=\"chart\" viewBox=\"0 0 %d %d\" tabindex=\"0\" role=\"img\" aria-label=\"%s\" data-images=\"%s\"",
                WIDTH,
                HEIGHT,
                escaped("Training loss of " + name + " over images seen: " + ends()
                        + ". With the arrow keys one goes along the lines."),
                images()));
        svg.append(String.format(
                Locale.ROOT,
                " data-names=\"%s\" data-values=\"%s\" data-left=\"%d\" data-right=\"%d\" data-last=\"%.0f\">",
                escaped(String.join(
                        "|", curves.stream().map(ModelReport.Curve::name).toList())),
                values(),
                LEFT,
                WIDTH - RIGHT,
                range.last()));
        axes(svg);
        for (int i = curves.size() - 1; i >= 0; i--) {
            line(svg, curves.get(i).points(), style(curves, i, colours));
        }
        svg.append(String.format(
                Locale.ROOT, "<line class=\"cross\" x1=\"-9\" x2=\"-9\" y1=\"%d\" y2=\"%d\"/>", TOP, HEIGHT - BOTTOM));
        return svg.append("</svg>").toString();
    }

    /** The first curve is of all levels; the others are called as their patches. */
    static String style(List<ModelReport.Curve> curves, int curve, PatchColours colours) {
        return curve == 0 ? "all" : "level" + colours.of(curves.get(curve).name());
    }

    private String ends() {
        List<String> parts = new ArrayList<>();
        for (ModelReport.Curve curve : curves) {
            if (!curve.points().isEmpty()) {
                parts.add(String.format(
                        Locale.ROOT,
                        "%s from %.3g to %.3g",
                        curve.name(),
                        curve.points().get(0).loss(),
                        curve.points().get(curve.points().size() - 1).loss()));
            }
        }
        return String.join(", ", parts);
    }

    private String images() {
        return String.join(
                " ",
                curves.get(0).points().stream()
                        .map(point -> String.format(Locale.ROOT, "%.0f", point.images()))
                        .toList());
    }

    /** Every curve at the points of the first: where a loss was not finite, one may lack points that another has. */
    private String values() {
        List<LossPoint> places = curves.get(0).points();
        return String.join(
                "|",
                curves.stream()
                        .map(curve -> String.join(
                                " ",
                                places.stream()
                                        .map(place -> nearest(curve.points(), place.images()))
                                        .toList()))
                        .toList());
    }

    private static String nearest(List<LossPoint> points, double images) {
        return points.stream()
                .min(Comparator.comparingDouble(point -> Math.abs(point.images() - images)))
                .map(point -> String.format(Locale.ROOT, "%.4g", point.loss()))
                .orElse("–");
    }

    private void axes(StringBuilder svg) {
        for (int exponent = -EXPONENTS; exponent <= EXPONENTS; exponent++) {
            for (double tick : TICKS) {
                double value = tick * Math.pow(10, exponent);
                if (value >= range.low() && value <= range.high()) {
                    svg.append(String.format(
                            Locale.ROOT,
                            "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/><text class=\"end\" x=\"%d\" y=\"%.1f\">%s</text>",
                            LEFT,
                            WIDTH - RIGHT,
                            range.y(value),
                            range.y(value),
                            LEFT - 6,
                            range.y(value) + 4,
                            plain(tick, exponent)));
                }
            }
        }
        double step = step(range.last());
        for (double images = 0; images <= range.last(); images += step) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<text class=\"%s\" x=\"%.1f\" y=\"%d\">%s</text>",
                    images == 0 ? "" : range.x(images) > WIDTH - RIGHT - MARGIN ? "end" : "middle",
                    range.x(images),
                    HEIGHT - BOTTOM + 18,
                    thousands(images, step)));
        }
        svg.append(String.format(
                Locale.ROOT,
                "<text class=\"middle\" x=\"%d\" y=\"%d\">images seen</text>",
                (LEFT + WIDTH - RIGHT) / 2,
                HEIGHT - 5));
    }

    /** {@code 1.5 · 10^exponent} without zeros at the end. */
    private static String plain(double tick, int exponent) {
        return new BigDecimal(Double.toString(tick))
                .scaleByPowerOfTen(exponent)
                .stripTrailingZeros()
                .toPlainString();
    }

    /** Between round numbers on the axis of images, of which there are at most six: 1, 2 or 5 times a power of ten. */
    static double step(double last) {
        double power = Math.pow(10, Math.floor(Math.log10(last / MOST_TICKS)));
        for (double times : new double[] {1, 2, 5}) {
            if (last <= times * power * MOST_TICKS) {
                return Math.max(1, times * power);
            }
        }
        return Math.max(1, 10 * power);
    }

    private static String thousands(double images, double step) {
        if (images == 0) {
            return "0";
        }
        if (step >= 1e6) {
            return String.format(Locale.ROOT, "%.0f M", images / 1e6);
        }
        return step >= 1e3
                ? String.format(Locale.ROOT, "%,.0f k", images / 1e3)
                : String.format(Locale.ROOT, "%,.0f", images);
    }

    private void line(StringBuilder svg, List<LossPoint> points, String style) {
        StringBuilder path = new StringBuilder();
        for (LossPoint point : points) {
            path.append(String.format(
                    Locale.ROOT,
                    "%s%.1f %.1f",
                    path.isEmpty() ? "M" : "L",
                    range.x(point.images()),
                    range.y(point.loss())));
        }
        if (!path.isEmpty()) {
            svg.append("<path class=\"")
                    .append(style)
                    .append("\" d=\"")
                    .append(path)
                    .append("\"/>");
        }
    }

    private static List<LossPoint> thinned(List<LossPoint> points) {
        if (points.size() <= MOST_POINTS) {
            return points;
        }
        List<LossPoint> some = new ArrayList<>();
        for (int i = 0; i < MOST_POINTS; i++) {
            some.add(points.get((int) ((long) i * (points.size() - 1) / (MOST_POINTS - 1))));
        }
        return some;
    }

    private static List<LossPoint> smoothed(List<LossPoint> points) {
        List<LossPoint> result = new ArrayList<>();
        double mean = 0;
        double weight = 0;
        for (LossPoint point : points) {
            if (point.loss() > 0 && Double.isFinite(point.loss())) {
                mean = SMOOTHING * mean + (1 - SMOOTHING) * point.loss();
                weight = SMOOTHING * weight + (1 - SMOOTHING);
                result.add(new LossPoint(point.images(), mean / weight));
            }
        }
        return result;
    }

    private static String escaped(String text) {
        return HtmlEscapers.htmlEscaper().escape(text);
    }
}
