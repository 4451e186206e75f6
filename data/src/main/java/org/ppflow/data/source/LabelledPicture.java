package org.ppflow.data.source;

import org.ppflow.data.picture.Picture;

/**
 * One picture of a source.
 *
 * @param picture as the file has it
 * @param label class index, at least 0
 * @param source its name inside the source: {@code t10k-images-idx3-ubyte#123}
 * @param sha256 of its source bytes, 64 hexadecimal digits
 */
public record LabelledPicture(Picture picture, int label, String source, String sha256) {
    public LabelledPicture {
        if (label < 0) {
            throw new IllegalArgumentException("label " + label + " must be at least 0");
        }
        if (sha256.length() != 64) {
            throw new IllegalArgumentException("SHA-256 '" + sha256 + "' must have 64 digits");
        }
    }
}
