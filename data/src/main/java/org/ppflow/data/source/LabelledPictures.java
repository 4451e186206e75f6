package org.ppflow.data.source;

import org.ppflow.data.picture.PictureBatch;

/**
 * Pictures in memory with their classes.
 *
 * @param pictures uint8, (N, H, W, C)
 * @param labels class of each
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record LabelledPictures(PictureBatch pictures, int[] labels) {
    public LabelledPictures {
        if (pictures.count() != labels.length) {
            throw new IllegalArgumentException(pictures + " needs one label each, got " + labels.length);
        }
    }
}
