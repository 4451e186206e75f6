package org.ppflow.app.figure;

/**
 * A picture.
 *
 * @param values 0 to 255, channels last (HWC)
 * @param height rows
 * @param width columns
 * @param channels 1 (grey) or 3 (RGB)
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere, and never written to
public record Pixels(byte[] values, int height, int width, int channels) {
    public Pixels {
        if (height < 1 || width < 1 || (channels != 1 && channels != 3)) {
            throw new IllegalArgumentException(
                    "picture: " + height + "x" + width + "x" + channels + " is no size of a grey or RGB picture");
        }
        if (values.length != (long) height * width * channels) {
            throw new IllegalArgumentException("picture: " + values.length + " bytes are not the "
                    + (long) height * width * channels + " of " + height + "x" + width + "x" + channels);
        }
    }

    /** Red, green or blue of a place, 0 to 255. */
    int value(int row, int column, int colour) {
        return values[(row * width + column) * channels + (channels == 1 ? 0 : colour)] & 0xFF;
    }

    /**
     * The picture in another size: each new pixel is the mean of what it covers. So enlarging shows the pixels as they are, and reducing loses none.
     */
    Pixels resized(int rows, int columns) {
        byte[] result = new byte[rows * columns * 3];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                for (int colour = 0; colour < 3; colour++) {
                    result[(row * columns + column) * 3 + colour] =
                            (byte) Math.rint(mean(row, column, rows, columns, colour));
                }
            }
        }
        return new Pixels(result, rows, columns, 3);
    }

    private double mean(int row, int column, int rows, int columns, int colour) {
        double top = (double) row * height / rows;
        double bottom = (double) (row + 1) * height / rows;
        double left = (double) column * width / columns;
        double right = (double) (column + 1) * width / columns;
        double sum = 0;
        for (int y = (int) top; y < Math.min(height, Math.ceil(bottom)); y++) {
            double rowShare = Math.min(bottom, y + 1) - Math.max(top, y);
            for (int x = (int) left; x < Math.min(width, Math.ceil(right)); x++) {
                sum += rowShare * (Math.min(right, x + 1) - Math.max(left, x)) * value(y, x, colour);
            }
        }
        return sum / ((bottom - top) * (right - left));
    }
}
