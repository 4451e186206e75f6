package org.ppflow.app.figure;

import com.google.common.math.IntMath;
import java.util.ArrayList;
import java.util.List;
import org.ppflow.flow.level.LevelSchedule;

/**
 * Which pixels of a latent become one token, at each level (paper, Figure 10): the whole latent cut into tokens, and its first pixels enlarged, as many as every
 * level's patches fill, with the tokens' numbers.
 */
public final class PatchificationDrawing {
    private static final int MOST_COLUMNS = 3;
    private static final double GAP = 18;
    private static final double MOST_WIDTH = 224;
    private static final double MOST_HEIGHT = 148;
    private static final double ENLARGED = 60;
    private static final double LEAST_PIXEL = 3;
    private static final double PALE = 0.18;
    private static final double MIDDLE = 0.38;
    private static final double STRONG = 0.6;
    private static final double DEEP = 0.95;
    private static final double CAPITALS = Canvas.TEXT * Typeface.CAPITALS;

    private final LevelSchedule schedule;
    private final List<Colour> colours;
    private final int channels;
    private final int height;
    private final int width;
    private final int blockRows;
    private final int blockColumns;
    private final Canvas canvas;

    /**
     * Where a level is drawn.
     *
     * @param level index
     * @param enlarged the first pixels
     * @param latent all pixels
     */
    record Panel(int level, Region enlarged, Region latent) {
        double pixel(int columns) {
            return latent.width() / columns;
        }
    }

    private PatchificationDrawing(LevelSchedule schedule, int channels, int height, int width, List<Colour> colours) {
        this.schedule = schedule;
        this.colours = colours;
        this.channels = channels;
        this.height = height;
        this.width = width;
        canvas = new Canvas(schedule.count() == 1 ? Canvas.COLUMN : Canvas.PAGE);
        blockRows = schedule.levels().stream()
                .mapToInt(level -> level.patch().rows())
                .reduce(1, PatchificationDrawing::commonMultiple);
        blockColumns = schedule.levels().stream()
                .mapToInt(level -> level.patch().columns())
                .reduce(1, PatchificationDrawing::commonMultiple);
    }

    /**
     * The figure.
     *
     * @param channels of the latent
     * @param height of the latent
     * @param width of the latent
     * @throws IllegalArgumentException if a level's patches do not divide the latent
     */
    public static Figure of(LevelSchedule schedule, int channels, int height, int width) {
        return of(schedule, channels, height, width, LevelText.colours(schedule));
    }

    /**
     * The figure beside others.
     *
     * @param channels of the latent
     * @param height of the latent
     * @param width of the latent
     * @param colours of the levels
     * @throws IllegalArgumentException if a level's patches do not divide the latent
     */
    public static Figure of(LevelSchedule schedule, int channels, int height, int width, List<Colour> colours) {
        schedule.requireTiles(height, width);
        PatchificationDrawing drawing = new PatchificationDrawing(schedule, channels, height, width, colours);
        double bottom = 0;
        for (Panel panel : drawing.panels()) {
            drawing.draw(panel);
            bottom = panel.latent().bottom();
        }
        return new Figure(
                "How schedule " + schedule.name() + " cuts a latent of " + channels + "x" + height + "x" + width
                        + " into tokens",
                drawing.canvas.drawing(bottom));
    }

    /** Where the levels of a schedule are drawn. */
    static List<Panel> panels(LevelSchedule schedule, int height, int width) {
        return new PatchificationDrawing(schedule, 1, height, width, LevelText.colours(schedule)).panels();
    }

    private static int commonMultiple(int a, int b) {
        return a / IntMath.gcd(a, b) * b;
    }

    private List<Panel> panels() {
        // As many rows as are needed, all about as long.
        int rows = (schedule.count() + MOST_COLUMNS - 1) / MOST_COLUMNS;
        int columns = (schedule.count() + rows - 1) / rows;
        double step = (canvas.width() + GAP) / columns;
        double pixel = Math.min(Math.min(step - GAP, MOST_WIDTH) / width, MOST_HEIGHT / height);
        double enlargedPixel = ENLARGED / Math.max(blockRows, blockColumns);
        double title = Canvas.TITLE + 1.5 * Canvas.LINE_HEIGHT;
        double lens = Math.max(blockRows * enlargedPixel, 4 * Canvas.LINE_HEIGHT) + GAP;
        List<Panel> panels = new ArrayList<>();
        for (int level = 0; level < schedule.count(); level++) {
            double left = level % columns * step;
            int row = level / columns;
            double top = title + row * (title + lens + height * pixel + GAP);
            panels.add(new Panel(
                    level,
                    new Region(left, top, blockColumns * enlargedPixel, blockRows * enlargedPixel),
                    new Region(left, top + lens, width * pixel, height * pixel)));
        }
        return panels;
    }

    private void draw(Panel panel) {
        Region enlarged = panel.enlarged();
        double title = enlarged.y() - 1.5 * Canvas.LINE_HEIGHT - Canvas.TITLE * (1 - Typeface.CAPITALS);
        canvas.title(LevelText.name(schedule, panel.level()), new Point(enlarged.x(), title), Mark.Anchor.START);
        canvas.text(
                LevelText.interval(schedule, panel.level()),
                new Point(enlarged.x(), title + Canvas.LINE_HEIGHT + 1),
                Mark.Anchor.START);
        TokenGrid grid = new TokenGrid(schedule.level(panel.level()).patch(), height, width);
        lens(panel);
        tokens(grid, panel.level(), panel.latent(), panel.pixel(width), false);
        tokens(grid, panel.level(), enlarged, enlarged.width() / blockColumns, true);
        Region block = block(panel);
        canvas.frame(block, 2 * Canvas.PEN, Colour.INK);
        caption(grid, enlarged);
    }

    private Region block(Panel panel) {
        double pixel = panel.pixel(width);
        return new Region(panel.latent().x(), panel.latent().y(), blockColumns * pixel, blockRows * pixel);
    }

    /**
     * Tokens, the first pixel in the corner of a region.
     *
     * @param pixel points
     * @param enlarged whether only the enlarged ones are drawn, with their numbers
     */
    private void tokens(TokenGrid grid, int level, Region region, double pixel, boolean enlarged) {
        int rows = grid.patch().rows();
        int columns = grid.patch().columns();
        for (TokenGrid.Token token : grid.tokens()) {
            boolean inBlock = token.top() < blockRows && token.left() < blockColumns;
            if (enlarged && !inBlock) {
                continue;
            }
            boolean even = (token.top() / rows + token.left() / columns) % 2 == 0;
            double share = inBlock ? (even ? DEEP : STRONG) : (even ? MIDDLE : PALE);
            Colour colour = colours.get(level).tint(share);
            Region place = new Region(
                    region.x() + token.left() * pixel, region.y() + token.top() * pixel, columns * pixel, rows * pixel);
            canvas.area(place, colour);
            pixels(place, pixel);
            if (enlarged) {
                canvas.inside(Integer.toString(token.index()), place, colour, Canvas.TEXT);
            }
        }
        canvas.frame(region, Canvas.PEN, Colour.INK);
    }

    /** The borders of the pixels inside of a token. */
    private void pixels(Region place, double pixel) {
        if (pixel < LEAST_PIXEL) {
            return;
        }
        for (double x = place.x() + pixel; x < place.right() - pixel / 2; x += pixel) {
            canvas.line(new Point(x, place.y()), new Point(x, place.bottom()), Canvas.FINE_PEN, Colour.WHITE);
        }
        for (double y = place.y() + pixel; y < place.bottom() - pixel / 2; y += pixel) {
            canvas.line(new Point(place.x(), y), new Point(place.right(), y), Canvas.FINE_PEN, Colour.WHITE);
        }
    }

    /** Shows which part is enlarged. */
    private void lens(Panel panel) {
        Region block = block(panel);
        Region enlarged = panel.enlarged();
        canvas.line(
                new Point(block.x(), block.y()), new Point(enlarged.x(), enlarged.bottom()), Canvas.PEN, Colour.INK);
        canvas.line(
                new Point(block.right(), block.y()),
                new Point(enlarged.right(), enlarged.bottom()),
                Canvas.PEN,
                Colour.INK);
    }

    private void caption(TokenGrid grid, Region enlarged) {
        List<String> lines = List.of(
                grid.rows() + " × " + grid.columns() + " = " + grid.rows() * grid.columns() + " tokens",
                "of " + LevelText.patch(grid.patch()) + " pixels",
                "and " + channels + (channels == 1 ? " channel:" : " channels:"),
                grid.patch().area() * channels + " values each");
        for (int line = 0; line < lines.size(); line++) {
            canvas.text(
                    lines.get(line),
                    new Point(enlarged.right() + 6, enlarged.y() + CAPITALS + line * Canvas.LINE_HEIGHT),
                    Mark.Anchor.START);
        }
    }
}
