package org.ppflow.data.arrow;

import java.util.Objects;
import org.ppflow.data.source.Holdout;
import org.ppflow.data.source.Part;

/**
 * Which rows of the source a data set holds.
 *
 * @param part which side of the holdout
 * @param every see {@link Holdout}
 * @param index see {@link Holdout}
 */
public record Split(Part part, int every, int index) {
    public Split {
        Objects.requireNonNull(part);
    }

    /** The rows of a part. */
    public static Split of(Part part, Holdout holdout) {
        return new Split(part, holdout.every(), holdout.index());
    }
}
