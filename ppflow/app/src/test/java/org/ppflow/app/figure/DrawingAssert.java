package org.ppflow.app.figure;

import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** What holds for every drawing that can be read. */
final class DrawingAssert extends AbstractAssert<DrawingAssert, Drawing> {
    private DrawingAssert(Drawing drawing) {
        super(drawing, DrawingAssert.class);
    }

    static DrawingAssert assertThatDrawing(Figure figure) {
        return new DrawingAssert(figure.drawing());
    }

    /** No label covers any part of another. */
    DrawingAssert hasLabelsThatDoNotOverlap() {
        List<Mark.Label> labels = actual.labels();
        if (labels.isEmpty()) {
            failWithMessage("there is no label");
        }
        for (int i = 0; i < labels.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (labels.get(i).bounds().overlaps(labels.get(j).bounds())) {
                    failWithMessage("%s overlaps %s", labels.get(i), labels.get(j));
                }
            }
        }
        return this;
    }

    /** No text is smaller than can be read in print, nor has it a contrast below 3 to 1 with what is behind it. */
    DrawingAssert hasLabelsThatCanBeRead() {
        for (int i = 0; i < actual.marks().size(); i++) {
            if (actual.marks().get(i) instanceof Mark.Label label) {
                double contrast =
                        label.colour().contrast(behind(label, actual.marks().subList(0, i)));
                if (label.size() < Canvas.SMALL || contrast < 3) {
                    failWithMessage("%s is too small, or its contrast of %.1f is too low", label, contrast);
                }
            }
        }
        return this;
    }

    private static Colour behind(Mark.Label label, List<Mark> below) {
        return below.stream()
                .filter(mark -> mark instanceof Mark.Area && mark.bounds().holds(label.bounds()))
                .map(mark -> ((Mark.Area) mark).colour())
                .reduce(Colour.WHITE, (lower, upper) -> upper);
    }
}
