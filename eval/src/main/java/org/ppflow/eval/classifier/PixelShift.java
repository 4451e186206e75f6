package org.ppflow.eval.classifier;

import org.ppflow.eval.images.ImageFormat;

/** Moves a picture by some pixels; what comes in at an edge repeats the edge. */
final class PixelShift {
    private PixelShift() {}

    /**
     * Writes a moved picture.
     *
     * @param source pictures (N, H, W, C)
     * @param sourceStart first byte of the picture
     * @param target where it goes
     * @param targetStart first byte there
     * @param down rows that it moves down, negative for up
     * @param right columns that it moves to the right, negative for left
     */
    static void copy(
            ImageFormat format, byte[] source, int sourceStart, byte[] target, int targetStart, int down, int right) {
        int channels = format.channels();
        for (int row = 0; row < format.height(); row++) {
            int fromRow = Math.max(0, Math.min(format.height() - 1, row - down));
            for (int column = 0; column < format.width(); column++) {
                int fromColumn = Math.max(0, Math.min(format.width() - 1, column - right));
                int from = sourceStart + (fromRow * format.width() + fromColumn) * channels;
                int to = targetStart + (row * format.width() + column) * channels;
                for (int channel = 0; channel < channels; channel++) {
                    target[to + channel] = source[from + channel];
                }
            }
        }
    }
}
