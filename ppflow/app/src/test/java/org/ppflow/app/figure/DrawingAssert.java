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

    /** Nothing is smaller than can be read in print, or of too little contrast with white paper. */
    DrawingAssert hasLabelsThatCanBeRead() {
        for (Mark.Label label : actual.labels()) {
            if (label.size() < Canvas.SMALL) {
                failWithMessage("%s is smaller than %s points", label, Canvas.SMALL);
            }
        }
        return this;
    }
}
