package org.ppflow.data.exchange;

/**
 * One latent of another toolkit.
 *
 * @param values (C, h, w), then those of the mirrored picture where there are any
 * @param label class index, at least 0
 * @param source where it was: file and row
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ForeignRow(float[] values, int label, String source) {
    public ForeignRow {
        if (label < 0) {
            throw new IllegalArgumentException("label " + label + " must be at least 0");
        }
    }
}
