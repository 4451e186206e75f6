package org.ppflow.app.report;

import java.util.List;
import java.util.Locale;

/** Draws a row of boxes, each with the colour of its level, as SVG that fills whatever it is put in. */
final class LevelBar {
    /** Colours of levels, of which the page's styles have so many; more levels begin again. */
    static final int COLOURS = 4;

    private LevelBar() {}

    /** Levels from noise to data, as wide as they are long in t. */
    static String ofLevels(List<ModelReport.Level> levels) {
        StringBuilder svg = open(1, "levels from noise to data");
        for (int i = 0; i < levels.size(); i++) {
            ModelReport.Level level = levels.get(i);
            box(svg, level.start(), level.end() - level.start(), i);
        }
        return svg.append("</svg>").toString();
    }

    /** The level of each point of a path, all equally wide. */
    static String ofPoints(List<PathPanel.Point> points) {
        StringBuilder svg = open(points.size(), "the level of each step");
        for (int i = 0; i < points.size(); i++) {
            box(svg, i, 1, points.get(i).level());
        }
        return svg.append("</svg>").toString();
    }

    private static StringBuilder open(int width, String label) {
        return new StringBuilder(String.format(
                Locale.ROOT,
                "<svg class=\"band\" viewBox=\"0 0 %d 1\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"%s\">",
                width,
                label));
    }

    private static void box(StringBuilder svg, double x, double width, int level) {
        svg.append(String.format(
                Locale.ROOT,
                "<rect class=\"fill%d\" x=\"%.4f\" y=\"0\" width=\"%.4f\" height=\"1\"/>",
                level % COLOURS,
                x,
                width));
    }
}
