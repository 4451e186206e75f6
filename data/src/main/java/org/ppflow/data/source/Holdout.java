package org.ppflow.data.source;

import org.ppflow.data.picture.PictureSet;

/**
 * Which rows are kept out of training, as the reference that samples are compared with: those whose index modulo {@code every}
 * is {@code index}. Spread over the whole file, because files are often ordered by origin.
 *
 * @param every at least 2
 * @param index in [0, every)
 */
public record Holdout(int every, int index) {
    public Holdout {
        if (every < 2) {
            throw new IllegalArgumentException("every: " + every + " must be at least 2");
        }
        if (index < 0 || index >= every) {
            throw new IllegalArgumentException("index: " + index + " must be in [0, " + every + ")");
        }
    }

    /** The rows to train on. */
    public PictureSet training(PictureSet all) {
        return all.select(row -> row % every != index);
    }

    /** The rows kept out. */
    public PictureSet reference(PictureSet all) {
        return all.select(row -> row % every == index);
    }
}
