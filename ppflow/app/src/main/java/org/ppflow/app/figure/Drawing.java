package org.ppflow.app.figure;

import java.util.List;
import java.util.stream.Stream;

/**
 * A page with marks. All lie within it: nothing is cut off.
 *
 * @param width points, without the margin on either side
 * @param height points, without the margin above and below
 * @param marks from the lowest to the uppermost
 */
public record Drawing(double width, double height, List<Mark> marks) {
    /** Points that stay white on all four sides. */
    public static final double MARGIN = 2;

    public Drawing {
        marks = List.copyOf(marks);
        Region page = new Region(0, 0, width, height).widened(MARGIN);
        for (Mark mark : marks) {
            if (!page.holds(mark.bounds())) {
                throw new IllegalArgumentException("drawing: " + mark + " with its bounds " + mark.bounds()
                        + " leaves the page of " + width + " x " + height + " points");
            }
        }
    }

    /** All of it, its margin included. */
    public Region page() {
        return new Region(0, 0, width, height).widened(MARGIN);
    }

    /** Its texts. */
    public List<Mark.Label> labels() {
        return all(Mark.Label.class).toList();
    }

    /** Its marks of a kind, in their order. */
    public <M extends Mark> Stream<M> all(Class<M> kind) {
        return marks.stream().filter(kind::isInstance).map(kind::cast);
    }
}
