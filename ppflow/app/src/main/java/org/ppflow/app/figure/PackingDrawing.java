package org.ppflow.app.figure;

import java.util.List;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.level.PackedRows;
import org.ppflow.flow.level.TokenLayout;

/**
 * How images of several levels stand in rows of L tokens, and the attention mask of such a row (paper, Figure 9): a token attends to the tokens of its own image
 * alone, so the mask is made of blocks on the diagonal.
 */
public final class PackingDrawing {
    private static final int MOST_ROWS = 6;
    private static final double TEXT_WIDTH = 88;
    private static final double ROW_WIDTH = 300;
    private static final double ROW_HEIGHT = 14;
    private static final double ROW_GAP = 4;
    private static final double MASK = 66;
    private static final double BAND_GAP = 14;
    private static final double TINT = 0.35;
    private static final double DEEP_TINT = 0.75;
    private static final double CAPITALS = Canvas.TEXT * Typeface.CAPITALS;

    private final LevelSchedule schedule;
    private final PackedRows rows;
    private final Canvas canvas = new Canvas(Canvas.PAGE);

    private PackingDrawing(LevelSchedule schedule, PackedRows rows) {
        this.schedule = schedule;
        this.rows = rows;
    }

    /**
     * The figure. Of a level with more than {@value #MOST_ROWS} rows the first are drawn, and the others counted.
     *
     * @param schedule whose levels the images have
     * @param rows all images of a batch
     */
    public static Figure of(LevelSchedule schedule, PackedRows rows) {
        PackingDrawing drawing = new PackingDrawing(schedule, rows);
        double bottom = drawing.header();
        int row = 0;
        for (TokenLayout.Group group : rows.layout().groups()) {
            bottom = drawing.band(group, row, bottom + BAND_GAP);
            row += group.rows() / rows.length();
        }
        bottom = drawing.key(bottom + BAND_GAP);
        return new Figure(
                "How a batch of "
                        + rows.layout().groups().stream()
                                .mapToInt(TokenLayout.Group::images)
                                .sum()
                        + " images of schedule " + schedule.name() + " stands in " + rows.count() + " rows of "
                        + rows.length() + " tokens",
                drawing.canvas.drawing(bottom));
    }

    private static double maskLeft() {
        return Canvas.PAGE - MASK - Canvas.PEN;
    }

    private double header() {
        double base = Canvas.TITLE * Typeface.CAPITALS;
        canvas.title(
                "Rows of L = " + rows.length() + " tokens",
                new Point(TEXT_WIDTH + ROW_WIDTH / 2, base),
                Mark.Anchor.MIDDLE);
        canvas.title("Attention mask", new Point(maskLeft() + MASK / 2, base), Mark.Anchor.MIDDLE);
        return base;
    }

    /** A level: what it is, its rows, the mask of each of them. */
    private double band(TokenLayout.Group group, int firstRow, double top) {
        int count = group.rows() / rows.length();
        int shown = count <= MOST_ROWS ? count : MOST_ROWS - 1;
        double height = shown * (ROW_HEIGHT + ROW_GAP) - ROW_GAP + (shown < count ? Canvas.LINE_HEIGHT : 0);
        double tallest = Math.max(height, MASK);
        text(group, top);
        double y = top;
        for (int i = 0; i < shown; i++) {
            row(rows.row(firstRow + i), y);
            y += ROW_HEIGHT + ROW_GAP;
        }
        if (shown < count) {
            canvas.text(
                    "and " + (count - shown) + " more rows",
                    new Point(TEXT_WIDTH, y + CAPITALS),
                    Mark.Anchor.START,
                    Canvas.TEXT,
                    Colour.MUTED);
        }
        mask(rows.row(firstRow), new Region(maskLeft(), top, MASK, MASK));
        return top + tallest;
    }

    private void text(TokenLayout.Group group, double top) {
        double base = top + Canvas.TITLE * Typeface.CAPITALS;
        canvas.title(LevelText.name(schedule, group.level()), new Point(0, base), Mark.Anchor.START);
        List<String> lines = List.of(
                LevelText.interval(schedule, group.level()),
                counted(group.images(), "image"),
                "of " + counted(group.tokens(), "token"));
        for (int line = 0; line < lines.size(); line++) {
            canvas.text(lines.get(line), new Point(0, base + 1 + (line + 1) * Canvas.LINE_HEIGHT), Mark.Anchor.START);
        }
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static Colour colour(PackedRows.Image image, int place) {
        return LevelText.colour(image.level()).tint(place % 2 == 0 ? DEEP_TINT : TINT);
    }

    private void row(List<PackedRows.Image> images, double top) {
        double token = ROW_WIDTH / rows.length();
        for (int i = 0; i < images.size(); i++) {
            PackedRows.Image image = images.get(i);
            Region place = new Region(TEXT_WIDTH + image.start() * token, top, image.tokens() * token, ROW_HEIGHT);
            Colour colour = colour(image, i);
            canvas.area(place, colour);
            String text = "image " + image.image();
            boolean fits = Typeface.REGULAR.width(text, Canvas.TEXT) + 2 <= place.width();
            canvas.inside(fits ? text : Integer.toString(image.image()), place, colour, Canvas.TEXT);
            canvas.frame(place, Canvas.PEN, Colour.INK);
        }
    }

    private void mask(List<PackedRows.Image> images, Region square) {
        double token = square.width() / rows.length();
        for (int i = 0; i < images.size(); i++) {
            PackedRows.Image image = images.get(i);
            double start = image.start() * token;
            double size = image.tokens() * token;
            canvas.area(new Region(square.x() + start, square.y() + start, size, size), colour(image, i));
        }
        canvas.frame(square, Canvas.PEN, Colour.INK);
    }

    private double key(double top) {
        double base = top + CAPITALS;
        canvas.text(
                "Mask: a row for each query, a column for each key; coloured where the query attends to the key, white"
                        + " where it is cut off.",
                new Point(0, base),
                Mark.Anchor.START);
        String cost = counted(rows.count(), "row") + " for "
                + counted(
                        rows.layout().groups().stream()
                                .mapToInt(TokenLayout.Group::images)
                                .sum(),
                        "image")
                + ": an image costs " + LevelText.number(Math.round(1000 * rows.share()) / 10.0)
                + " % of one that fills a row.";
        canvas.text(cost, new Point(0, base + Canvas.LINE_HEIGHT), Mark.Anchor.START);
        return base + Canvas.LINE_HEIGHT + Canvas.TEXT * Typeface.DESCENT;
    }
}
