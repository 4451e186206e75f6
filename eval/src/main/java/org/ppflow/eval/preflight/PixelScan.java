package org.ppflow.eval.preflight;

import java.security.MessageDigest;
import java.util.Arrays;
import org.ppflow.eval.images.ImageBatch;
import org.ppflow.eval.images.PictureKey;
import org.ppflow.nn.files.Sha256;

/**
 * What one batch's pixels tell.
 *
 * @param keys {@link PictureKey} of each picture
 * @param digests SHA-256 of each picture, one after the other
 * @param low smallest pixel
 * @param high largest pixel
 * @param coloured whether some pixel's channels differ
 * @param oneColour number of pictures of one colour
 * @param firstOneColour index in the batch of the first of them; −1 where there is none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PixelScan(long[] keys, byte[] digests, int low, int high, boolean coloured, int oneColour, int firstOneColour) {
    private static final int DIGEST_BYTES = 32;
    private static final int COLOURS = 3;
    private static final int MAX_PIXEL = 255;

    /**
     * Scans a batch.
     *
     * @param rangeKnown whether 0 and 255 have been found before, so that nobody asks for the range
     * @param colourKnown likewise for a coloured pixel
     */
    static PixelScan of(ImageBatch batch, boolean rangeKnown, boolean colourKnown) {
        byte[] pixels = batch.pixels();
        int size = batch.shape().bytes();
        long[] keys = new long[batch.count()];
        byte[] digests = new byte[keys.length * DIGEST_BYTES];
        MessageDigest digest = Sha256.digest();
        int oneColour = 0;
        int firstOneColour = -1;
        for (int i = 0; i < keys.length; i++) {
            int start = i * size;
            keys[i] = PictureKey.of(batch, i);
            digest.update(pixels, start, size);
            System.arraycopy(digest.digest(), 0, digests, i * DIGEST_BYTES, DIGEST_BYTES);
            if (isOneColour(pixels, start, size, batch.channels())) {
                oneColour++;
                firstOneColour = firstOneColour < 0 ? i : firstOneColour;
            }
        }
        int low = 0;
        int high = MAX_PIXEL;
        if (!rangeKnown) {
            low = MAX_PIXEL;
            high = 0;
            for (byte pixel : pixels) {
                low = Math.min(low, pixel & 0xFF);
                high = Math.max(high, pixel & 0xFF);
            }
        }
        boolean coloured = colourKnown || (batch.channels() == COLOURS && isColoured(pixels));
        return new PixelScan(keys, digests, low, high, coloured, oneColour, firstOneColour);
    }

    /** Every pixel equals the one before it. */
    private static boolean isOneColour(byte[] pixels, int start, int size, int channels) {
        int end = start + size;
        return Arrays.mismatch(pixels, start, end - channels, pixels, start + channels, end) < 0;
    }

    private static boolean isColoured(byte[] pixels) {
        for (int at = 0; at < pixels.length; at += COLOURS) {
            if (pixels[at] != pixels[at + 1] || pixels[at] != pixels[at + 2]) {
                return true;
            }
        }
        return false;
    }
}
