package org.ppflow.app.figure;

import java.util.List;

/** Shape of a series' points: without colour, series are told apart by it. */
enum Marker {
    CIRCLE,
    SQUARE,
    TRIANGLE,
    DIAMOND,
    TIP,
    BAR;

    /** From the middle to the border of the circle. */
    static final double RADIUS = 3.1;

    private static final double BORDER = 1.1;
    private static final double PALE = 0.35;
    private static final double HALO = 0.8;

    /** Around (0, 0), for a radius of 1; all shapes cover about the same area. A circle has no corners. */
    private List<Point> corners() {
        return switch (this) {
            case CIRCLE -> List.of();
            case SQUARE ->
                List.of(new Point(-0.88, -0.88), new Point(0.88, -0.88), new Point(0.88, 0.88), new Point(-0.88, 0.88));
            case TRIANGLE -> List.of(new Point(0, -1.2), new Point(1.1, 0.8), new Point(-1.1, 0.8));
            case DIAMOND -> List.of(new Point(0, -1.25), new Point(1.25, 0), new Point(0, 1.25), new Point(-1.25, 0));
            case BAR ->
                List.of(new Point(-1.35, -0.58), new Point(1.35, -0.58), new Point(1.35, 0.58), new Point(-1.35, 0.58));
            case TIP -> List.of(new Point(0, 1.2), new Point(1.1, -0.8), new Point(-1.1, -0.8));
        };
    }

    /** The shape of the series at an index; they begin again after the last. */
    static Marker series(int index) {
        return values()[Math.floorMod(index, values().length)];
    }

    /** Draws one, with a rim of white that sets it off from lines. */
    void draw(Canvas canvas, Point at, Colour colour, CostQualityChart.Kind kind) {
        shape(canvas, at, RADIUS + HALO, Colour.WHITE);
        shape(canvas, at, RADIUS, colour);
        if (kind != CostQualityChart.Kind.FULL_SCALE) {
            Colour filling = kind == CostQualityChart.Kind.PUBLISHED ? Colour.WHITE : colour.tint(PALE);
            shape(canvas, at, RADIUS - BORDER, filling);
        }
    }

    private void shape(Canvas canvas, Point at, double radius, Colour colour) {
        if (this == CIRCLE) {
            canvas.add(new Mark.Disc(at, radius, colour));
        } else {
            canvas.add(new Mark.Polygon(
                    corners().stream()
                            .map(corner -> at.plus(corner.x() * radius, corner.y() * radius))
                            .toList(),
                    colour));
        }
    }

    /** What a marker takes up. */
    static Region bounds(Point at) {
        return Region.around(List.of(at), RADIUS * 1.25);
    }
}
