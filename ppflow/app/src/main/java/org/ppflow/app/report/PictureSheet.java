package org.ppflow.app.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/**
 * Pictures side by side without gaps, as PNG, of which a page shows one at a time. Pictures larger than {@value #MOST_SIDE} pixels are made smaller by averaging squares, so that a
 * picture takes at most 28 KB. The same pictures give the same bytes.
 */
public final class PictureSheet {
    /** Pixels of a picture at most, either way. */
    public static final int MOST_SIDE = 96;

    private PictureSheet() {}

    /**
     * A sheet, row by row.
     *
     * @param pixels uint8, channels last (NHWC)
     * @param channels 1 or 3
     * @param columns pictures in a row, which fill all rows
     */
    public static byte[] png(byte[] pixels, int height, int width, int channels, int columns) throws IOException {
        int size = height * width * channels;
        if (size < 1
                || columns < 1
                || pixels.length == 0
                || pixels.length % (size * columns) != 0
                || (channels != 1 && channels != 3)) {
            throw new IllegalArgumentException(pixels.length + " bytes are no sheet of " + height + "x" + width + "x"
                    + channels + " pictures in " + columns + " columns");
        }
        int square = (Math.max(height, width) + MOST_SIDE - 1) / MOST_SIDE;
        int tileHeight = (height + square - 1) / square;
        int tileWidth = (width + square - 1) / square;
        int rows = pixels.length / size / columns;
        BufferedImage sheet = new BufferedImage(
                columns * tileWidth,
                rows * tileHeight,
                channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
        int[] colour = new int[3];
        for (int y = 0; y < sheet.getHeight(); y++) {
            for (int x = 0; x < sheet.getWidth(); x++) {
                int picture = y / tileHeight * columns + x / tileWidth;
                int top = y % tileHeight * square;
                int left = x % tileWidth * square;
                for (int channel = 0; channel < channels; channel++) {
                    colour[channel] =
                            mean(pixels, picture * size + channel, top, left, square, height, width, channels);
                }
                sheet.getRaster().setPixel(x, y, colour);
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(sheet, "png", bytes);
        return bytes.toByteArray();
    }

    private static int mean(
            byte[] pixels, int offset, int top, int left, int square, int height, int width, int channels) {
        int sum = 0;
        int count = 0;
        for (int y = top; y < Math.min(height, top + square); y++) {
            for (int x = left; x < Math.min(width, left + square); x++) {
                sum += pixels[offset + (y * width + x) * channels] & 0xFF;
                count++;
            }
        }
        return (sum + count / 2) / count;
    }

    /**
     * Checks that bytes are a sheet.
     *
     * @throws IOException if they are not
     */
    public static void require(byte[] png, int rows, int columns) throws IOException {
        BufferedImage sheet = ImageIO.read(new ByteArrayInputStream(png));
        if (sheet == null || sheet.getWidth() % columns != 0 || sheet.getHeight() % rows != 0) {
            throw new IOException("no sheet of " + rows + " rows and " + columns + " columns");
        }
    }
}
