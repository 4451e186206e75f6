package org.ppflow.app.figure;

import java.util.List;
import java.util.Locale;
import org.ppflow.flow.level.Flops;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.level.PatchLevel;

/**
 * The way from noise to data (as in the paper's overview, Figures 2 and 3): at each time the tokens that the latent is cut into, and what an evaluation of the
 * network costs there. The coloured area is the schedule's share of the cost.
 */
public final class DenoisingPathDrawing {
    private static final double LEFT = 34;
    private static final double RIGHT = 8;
    private static final double ICON = 44;
    private static final double ICON_GAP = 8;
    private static final double PLOT = 92;
    private static final double TICK = 2.5;
    private static final double GAP = 3;
    private static final double TINT = 0.6;
    private static final double PALE = 0.25;
    private static final double PERCENT = 100;
    private static final double CAPITALS = Canvas.TEXT * Typeface.CAPITALS;

    private final LevelSchedule schedule;
    private final Flops flops;
    private final List<Colour> colours;
    private final PatchLevel costliest;
    private final Canvas canvas = new Canvas(Canvas.PAGE);
    private final Region plot;

    private DenoisingPathDrawing(LevelSchedule schedule, Flops flops, List<Colour> colours) {
        this.schedule = schedule;
        this.flops = flops;
        this.colours = colours;
        costliest = new PatchLevel(schedule.smallestPatch(), 0, 1);
        double tallest = ICON * flops.height() / Math.max(flops.height(), flops.width());
        double room = Math.max(tallest, 3 * Canvas.LINE_HEIGHT);
        double top = Canvas.TITLE * Typeface.CAPITALS + 1.5 * ICON_GAP + room + ICON_GAP;
        plot = new Region(LEFT, top, Canvas.PAGE - LEFT - RIGHT, PLOT);
    }

    /**
     * The figure.
     *
     * @param flops of the network on the latent, which the schedule's patches tile
     */
    public static Figure of(LevelSchedule schedule, Flops flops) {
        return of(schedule, flops, LevelText.colours(schedule));
    }

    /**
     * The figure beside others.
     *
     * @param colours of the levels
     */
    public static Figure of(LevelSchedule schedule, Flops flops, List<Colour> colours) {
        schedule.requireTiles(flops.height(), flops.width());
        DenoisingPathDrawing drawing = new DenoisingPathDrawing(schedule, flops, colours);
        String claim = drawing.title();
        drawing.whole();
        for (int level = 0; level < schedule.count(); level++) {
            drawing.level(level);
        }
        drawing.axes();
        double bottom = drawing.times();
        return new Figure(claim, drawing.canvas.drawing(bottom));
    }

    private String title() {
        LevelSchedule baseline = new LevelSchedule("baseline", List.of(costliest));
        String claim = schedule.name() + ": " + percent(flops.share(schedule, baseline)) + " of the FLOPs of "
                + LevelText.patch(costliest.patch()) + " at every t";
        canvas.title(claim, new Point(plot.x(), Canvas.TITLE * Typeface.CAPITALS), Mark.Anchor.START);
        return claim;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", PERCENT * share);
    }

    private double cost(PatchLevel level) {
        return flops.blocks(level) / flops.blocks(costliest);
    }

    private double across(double t) {
        return plot.x() + t * plot.width();
    }

    private double up(double share) {
        return plot.bottom() - share * plot.height();
    }

    private void level(int index) {
        PatchLevel level = schedule.level(index);
        double top = up(cost(level));
        Region block = new Region(
                across(level.start()), top, across(level.end()) - across(level.start()), plot.bottom() - top);
        Colour colour = colours.get(index).tint(TINT);
        canvas.area(block, colour);
        canvas.frame(block, Canvas.PEN, Colour.INK);
        sign(index, block);
    }

    /** Above the level's block, the latent cut into tokens and what that means; what finds no room is left out, the axes still tell the level. */
    private void sign(int index, Region block) {
        PatchLevel level = schedule.level(index);
        int tokens = level.patch().tokens(flops.height(), flops.width());
        List<String> lines = List.of(LevelText.patch(level.patch()), tokens + " tokens", percent(cost(level)));
        double text = lines.stream()
                .mapToDouble(line -> Typeface.REGULAR.width(line, Canvas.TEXT))
                .max()
                .orElseThrow();
        double pixel = ICON / Math.max(flops.height(), flops.width());
        double width = pixel * flops.width();
        double height = pixel * flops.height();
        boolean both = width + ICON_GAP / 2 + text <= block.width() - ICON_GAP;
        boolean words = both || text <= block.width() - ICON_GAP;
        double left = block.centre().x() - (both ? width + ICON_GAP / 2 + text : words ? text : width) / 2;
        Region latent = new Region(left, plot.y() - ICON_GAP - height, width, height);
        if (both || (!words && width <= block.width() - ICON_GAP)) {
            icon(index, latent, pixel);
        }
        if (words) {
            double base = latent.centre().y() - ((lines.size() - 1) * Canvas.LINE_HEIGHT - CAPITALS) / 2;
            for (String line : lines) {
                canvas.text(line, new Point(both ? latent.right() + ICON_GAP / 2 : left, base), Mark.Anchor.START);
                base += Canvas.LINE_HEIGHT;
            }
        }
    }

    private void icon(int index, Region latent, double pixel) {
        TokenGrid grid = new TokenGrid(schedule.level(index).patch(), flops.height(), flops.width());
        for (TokenGrid.Token token : grid.tokens()) {
            int row = token.top() / grid.patch().rows();
            int column = token.left() / grid.patch().columns();
            canvas.area(
                    new Region(
                            latent.x() + token.left() * pixel,
                            latent.y() + token.top() * pixel,
                            grid.patch().columns() * pixel,
                            grid.patch().rows() * pixel),
                    colours.get(index).tint((row + column) % 2 == 0 ? TINT : PALE));
        }
        canvas.frame(latent, Canvas.PEN, Colour.INK);
    }

    /** What the smallest patches would cost all the way. */
    private void whole() {
        canvas.add(new Mark.Line(
                List.of(new Point(plot.x(), up(1)), new Point(plot.right(), up(1))),
                Canvas.PEN,
                Colour.MUTED,
                Mark.Dash.DASHED));
    }

    private void axes() {
        for (double share : new double[] {0, 0.5, 1}) {
            canvas.line(new Point(plot.x() - TICK, up(share)), new Point(plot.x(), up(share)), Canvas.PEN, Colour.INK);
            canvas.text(
                    String.format(Locale.ROOT, "%.0f", PERCENT * share),
                    new Point(plot.x() - TICK - GAP, up(share) + CAPITALS / 2),
                    Mark.Anchor.END);
        }
        canvas.line(new Point(plot.x(), plot.y()), new Point(plot.x(), plot.bottom()), Canvas.PEN, Colour.INK);
        canvas.line(new Point(plot.x(), plot.bottom()), new Point(plot.right(), plot.bottom()), Canvas.PEN, Colour.INK);
        canvas.upwards(
                "FLOPs of a pass, %", new Point(CAPITALS + 1, plot.centre().y()), Mark.Anchor.MIDDLE);
    }

    /** Times at which the levels meet, and which end is noise; gives the lower end of the page. */
    private double times() {
        double base = plot.bottom() + TICK + GAP + CAPITALS;
        double free = Double.NEGATIVE_INFINITY;
        for (PatchLevel level : schedule.levels()) {
            free = time(level.start(), base, free);
        }
        time(1, base, free);
        base += Canvas.LINE_HEIGHT;
        canvas.text("noise", new Point(plot.x(), base), Mark.Anchor.START);
        canvas.text("t", new Point(plot.centre().x(), base), Mark.Anchor.MIDDLE);
        canvas.text("data", new Point(plot.right(), base), Mark.Anchor.END);
        return base + Canvas.TEXT * Typeface.DESCENT;
    }

    private double time(double t, double base, double free) {
        canvas.line(
                new Point(across(t), plot.bottom()),
                new Point(across(t), plot.bottom() + TICK),
                Canvas.PEN,
                Colour.INK);
        String text = LevelText.number(t);
        double half = Typeface.REGULAR.width(text, Canvas.TEXT) / 2;
        if (across(t) - half < free) {
            return free;
        }
        canvas.text(text, new Point(across(t), base), Mark.Anchor.MIDDLE);
        return across(t) + half + GAP;
    }
}
