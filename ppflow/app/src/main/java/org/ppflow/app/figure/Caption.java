package org.ppflow.app.figure;

import com.google.common.base.Splitter;
import java.util.ArrayList;
import java.util.List;

/** A text below a drawing: of what it is, where the drawing does not say it. */
final class Caption {
    private static final double GAP = 6;

    private Caption() {}

    /**
     * The drawing with its text.
     *
     * @throws IllegalArgumentException if a word is wider than the drawing
     */
    static Drawing below(Drawing drawing, String text) {
        List<Mark> marks = new ArrayList<>(drawing.marks());
        double base = drawing.height() + GAP + Canvas.TEXT * Typeface.CAPITALS;
        for (String line : lines(text, drawing.width())) {
            marks.add(new Mark.Label(
                    line, new Point(0, base), Mark.Anchor.START, Canvas.TEXT, Typeface.REGULAR, Colour.INK, false));
            base += Canvas.LINE_HEIGHT;
        }
        double bottom = base - Canvas.LINE_HEIGHT + Canvas.TEXT * Typeface.DESCENT;
        return new Drawing(drawing.width(), bottom, marks);
    }

    private static List<String> lines(String text, double width) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : Splitter.on(' ').omitEmptyStrings().split(text)) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (!line.isEmpty() && Typeface.REGULAR.width(longer, Canvas.TEXT) > width) {
                lines.add(line);
                line = word;
            } else {
                line = longer;
            }
        }
        lines.add(line);
        return lines;
    }
}
