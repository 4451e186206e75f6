package org.ppflow.app.report;

import java.util.List;
import java.util.Locale;

/** Draws a row of boxes, each with the colour of its patch size, as SVG that fills whatever it is put in. */
final class LevelBar {
    private LevelBar() {}

    /** Levels from noise to data, as wide as they are long in t. */
    static String ofLevels(List<ModelReport.Level> levels, PatchColours colours) {
        StringBuilder svg = open(1, "levels from noise to data");
        for (ModelReport.Level level : levels) {
            box(svg, level.start(), level.end() - level.start(), colours.of(level.patch()));
        }
        return svg.append("</svg>").toString();
    }

    /** The level of each point of a path, all equally wide. */
    static String ofPoints(List<PathPanel.Point> points, PatchColours colours) {
        StringBuilder svg = open(points.size(), "the level of each step");
        for (int i = 0; i < points.size(); i++) {
            box(svg, i, 1, colours.of(points.get(i).patch()));
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

    private static void box(StringBuilder svg, double x, double width, int colour) {
        svg.append(String.format(
                Locale.ROOT,
                "<rect class=\"fill%d\" x=\"%.4f\" y=\"0\" width=\"%.4f\" height=\"1\"/>",
                colour,
                x,
                width));
    }
}
