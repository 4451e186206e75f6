package org.ppflow.app.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;

/** Draws pictures as a grid, as PNG; the same pictures give the same bytes. */
public final class PictureGrid {
    private static final int GAP = 1;
    private static final int GREY_OF_GAPS = 96;
    private static final int SPACE = 24;
    private static final int WHITE = 255;

    private PictureGrid() {}

    /**
     * A grid, row by row.
     *
     * @param pixels uint8, channels last (NHWC)
     * @param channels 1 or 3
     * @param columns pictures in a row
     */
    public static byte[] png(byte[] pixels, int height, int width, int channels, int columns) throws IOException {
        int size = height * width * channels;
        if (size < 1 || pixels.length % size != 0 || columns < 1 || (channels != 1 && channels != 3)) {
            throw new IllegalArgumentException(pixels.length + " bytes are no grid of " + height + "x" + width + "x"
                    + channels + " pictures in " + columns + " columns");
        }
        int count = pixels.length / size;
        int rows = (count + columns - 1) / columns;
        BufferedImage image = new BufferedImage(
                columns * (width + GAP) + GAP, Math.max(1, rows) * (height + GAP) + GAP, BufferedImage.TYPE_INT_RGB);
        int[] background = new int[image.getWidth() * image.getHeight()];
        Arrays.fill(background, rgb(GREY_OF_GAPS, GREY_OF_GAPS, GREY_OF_GAPS));
        image.setRGB(0, 0, image.getWidth(), image.getHeight(), background, 0, image.getWidth());
        for (int picture = 0; picture < count; picture++) {
            int left = GAP + picture % columns * (width + GAP);
            int top = GAP + picture / columns * (height + GAP);
            for (int pixel = 0; pixel < height * width; pixel++) {
                int at = picture * size + pixel * channels;
                int red = pixels[at] & 0xFF;
                int green = channels == 1 ? red : pixels[at + 1] & 0xFF;
                int blue = channels == 1 ? red : pixels[at + 2] & 0xFF;
                image.setRGB(left + pixel % width, top + pixel / width, rgb(red, green, blue));
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    /**
     * The first pictures of each class, a class a row; a class with fewer leaves black ones.
     *
     * @param pixels uint8, channels last (NHWC)
     * @param labels class of each
     * @param rows classes from 0
     * @param columns pictures of each
     */
    public static byte[] byClass(
            byte[] pixels, int[] labels, int height, int width, int channels, int rows, int columns)
            throws IOException {
        int size = height * width * channels;
        byte[] chosen = new byte[Math.multiplyExact(Math.multiplyExact(rows, columns), size)];
        int[] found = new int[rows];
        for (int i = 0; i < labels.length; i++) {
            int label = labels[i];
            if (label < rows && found[label] < columns) {
                System.arraycopy(pixels, i * size, chosen, (label * columns + found[label]) * size, size);
                found[label]++;
            }
        }
        return png(chosen, height, width, channels, columns);
    }

    /**
     * A picture of a grid that {@link #png} made, as RGB.
     *
     * @param grid the whole, decoded
     * @param rows of the grid
     * @param columns of the grid
     * @param row from 0
     * @param column from 0
     * @throws IllegalArgumentException if the image is no such grid
     */
    public static Tile tile(BufferedImage grid, int rows, int columns, int row, int column) {
        int width = (grid.getWidth() - GAP) / columns - GAP;
        int height = (grid.getHeight() - GAP) / rows - GAP;
        if (width < 1
                || height < 1
                || columns * (width + GAP) + GAP != grid.getWidth()
                || rows * (height + GAP) + GAP != grid.getHeight()) {
            throw new IllegalArgumentException(grid.getWidth() + "x" + grid.getHeight() + " pixels are no grid of "
                    + rows + " rows and " + columns + " columns");
        }
        byte[] pixels = new byte[height * width * 3];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int rgb = grid.getRGB(GAP + column * (width + GAP) + x, GAP + row * (height + GAP) + y);
                int at = (y * width + x) * 3;
                pixels[at] = (byte) (rgb >> 16);
                pixels[at + 1] = (byte) (rgb >> 8);
                pixels[at + 2] = (byte) rgb;
            }
        }
        return new Tile(pixels, height, width);
    }

    /**
     * A picture of a grid.
     *
     * @param pixels RGB, channels last
     * @param height in pixels
     * @param width in pixels
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Tile(byte[] pixels, int height, int width) {}

    /**
     * Grids side by side, from the top, enlarged without smoothing.
     *
     * @param grids PNG, from left to right
     * @param zoom pixels that one pixel becomes, each way
     */
    public static byte[] beside(List<byte[]> grids, int zoom) throws IOException {
        List<BufferedImage> images = new ArrayList<>();
        int width = 0;
        int height = 1;
        for (byte[] grid : grids) {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(grid));
            images.add(image);
            width += image.getWidth() * zoom + (images.size() > 1 ? SPACE : 0);
            height = Math.max(height, image.getHeight() * zoom);
        }
        BufferedImage joined = new BufferedImage(Math.max(1, width), height, BufferedImage.TYPE_INT_RGB);
        int[] background = new int[joined.getWidth() * height];
        Arrays.fill(background, rgb(WHITE, WHITE, WHITE));
        joined.setRGB(0, 0, joined.getWidth(), height, background, 0, joined.getWidth());
        int left = 0;
        for (BufferedImage image : images) {
            for (int y = 0; y < image.getHeight() * zoom; y++) {
                for (int x = 0; x < image.getWidth() * zoom; x++) {
                    joined.setRGB(left + x, y, image.getRGB(x / zoom, y / zoom));
                }
            }
            left += image.getWidth() * zoom + SPACE;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(joined, "png", bytes);
        return bytes.toByteArray();
    }

    private static int rgb(int red, int green, int blue) {
        return red << 16 | green << 8 | blue;
    }
}
