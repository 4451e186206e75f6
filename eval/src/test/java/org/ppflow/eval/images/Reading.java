package org.ppflow.eval.images;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Reads sources whole. */
public final class Reading {
    private Reading() {}

    /** All pixels from a picture on. */
    public static byte[] pixels(ImageSource source, long first, int batch) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        source.forEachBatch(first, batch, pictures -> {
            if (!pictures.shape().equals(source.shape()) || pictures.count() > batch || pictures.count() < 1) {
                throw new AssertionError(pictures.count() + " pictures of " + pictures.shape());
            }
            all.writeBytes(pictures.pixels());
            return true;
        });
        return all.toByteArray();
    }
}
