package org.ppflow.eval.images;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Some pictures, at least one. The arrays are not copied: whoever hands them over does not change them afterwards.
 *
 * @param format size of each picture
 * @param pixels uint8, (N, H, W, C)
 * @param labels class that each picture shows or was asked to show, at least 0; null where pictures have none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ImageBatch(ImageFormat format, byte[] pixels, int @Nullable [] labels) {
    public ImageBatch {
        if (pixels.length == 0 || pixels.length % format.bytes() != 0) {
            throw new IllegalArgumentException(
                    pixels.length + " bytes are not a whole number of pictures of " + format);
        }
        int count = pixels.length / format.bytes();
        if (labels != null && labels.length != count) {
            throw new IllegalArgumentException(count + " pictures need one label each, got " + labels.length);
        }
        if (labels != null && Arrays.stream(labels).anyMatch(label -> label < 0)) {
            throw new IllegalArgumentException("labels must be 0 or more");
        }
    }

    /** Number of pictures. */
    public int count() {
        return pixels.length / format.bytes();
    }

    /** A copy of pictures [from, to) with their labels. */
    public ImageBatch slice(int from, int to) {
        byte[] some = Arrays.copyOfRange(pixels, from * format.bytes(), to * format.bytes());
        return new ImageBatch(format, some, labels == null ? null : Arrays.copyOfRange(labels, from, to));
    }

    @Override
    public String toString() {
        return "ImageBatch of " + count() + " " + format;
    }
}
