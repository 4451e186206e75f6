package org.ppflow.eval.images;

import org.ppflow.nn.errors.BadInputException;

/** Brings decoded pictures to the channels that a network takes. */
public final class Channels {
    private static final int COLOURS = 3;

    private Channels() {}

    /**
     * Grey to colour by repetition, as Pillow's {@code convert("RGB")} of a picture of mode L; colour to grey only where all three channels are equal, since
     * any weighting would make other pictures of them.
     *
     * @param pixels uint8 (…, from)
     * @param from 1 or 3
     * @param to 1 or 3
     * @param where what errors call it
     * @return uint8 (…, to); {@code pixels} itself where nothing is to be done
     */
    public static byte[] bring(byte[] pixels, int from, int to, String where) {
        if (from == to) {
            return pixels;
        }
        if (from == 1) {
            byte[] coloured = new byte[Math.multiplyExact(pixels.length, COLOURS)];
            for (int i = 0, at = 0; i < pixels.length; i++) {
                coloured[at++] = pixels[i];
                coloured[at++] = pixels[i];
                coloured[at++] = pixels[i];
            }
            return coloured;
        }
        byte[] grey = new byte[pixels.length / COLOURS];
        for (int i = 0, at = 0; i < grey.length; i++, at += COLOURS) {
            if (pixels[at] != pixels[at + 1] || pixels[at] != pixels[at + 2]) {
                throw BadInputException.at(where)
                        .found("a picture in colour")
                        .expected("grey ones, as the network takes")
                        .advice("convert them to grey, or choose a network for colours")
                        .build();
            }
            grey[i] = pixels[at];
        }
        return grey;
    }
}
