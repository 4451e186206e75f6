package org.ppflow.data.picture;

import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.ppflow.nn.errors.BadInputException;

/**
 * Cyan, magenta, yellow and black to red, green and blue, as Pillow does: what is stored is 255 − ink; R = (255 − K) − round(C·(255 − K) / 255), likewise
 * G of M and B of Y. The samples come from the JDK's decoder, which leaves them as they are.
 */
final class FourInks {
    private static final int INKS = 4;
    private static final int COLOURS = 3;

    /** Fixed point of libjpeg's colour conversion. */
    private static final int BITS = 16;

    private static final int HALF = 1 << (BITS - 1);
    private static final int RED_OF_CR = fixed(1.40200);
    private static final int BLUE_OF_CB = fixed(1.77200);
    private static final int GREEN_OF_CR = fixed(0.71414);
    private static final int GREEN_OF_CB = fixed(0.34414);

    private FourInks() {}

    private static int fixed(double value) {
        return (int) (value * (1 << BITS) + 0.5);
    }

    static Picture decode(byte[] bytes, PictureFormat format, String where) {
        Raster raster = raster(bytes, where);
        int height = raster.getHeight();
        int width = raster.getWidth();
        int[] row = new int[width * INKS];
        byte[] pixels = new byte[height * width * COLOURS];
        int target = 0;
        for (int y = 0; y < height; y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int x = 0; x < width; x++) {
                int at = x * INKS;
                if (format.ycck()) {
                    toInks(row, at);
                }
                int light = row[at + 3]; // stored as 255 − K
                for (int colour = 0; colour < COLOURS; colour++) {
                    int ink = 255 - row[at + colour];
                    pixels[target++] = (byte) Math.max(0, light - dividedBy255(ink * light));
                }
            }
        }
        return new Picture(height, width, COLOURS, pixels);
    }

    /** Luminance and chrominance to inks, as libjpeg: stored C = 255 − R and so on; black stays. */
    private static void toInks(int[] row, int at) {
        int y = row[at];
        int cb = row[at + 1] - 128;
        int cr = row[at + 2] - 128;
        row[at] = 255 - clip(y + ((RED_OF_CR * cr + HALF) >> BITS));
        row[at + 1] = 255 - clip(y + ((-GREEN_OF_CB * cb - GREEN_OF_CR * cr + HALF) >> BITS));
        row[at + 2] = 255 - clip(y + ((BLUE_OF_CB * cb + HALF) >> BITS));
    }

    /** The nearest whole number to a product divided by 255. */
    private static int dividedBy255(int product) {
        int rounded = product + 128;
        return (rounded + (rounded >> 8)) >> 8;
    }

    private static int clip(int value) {
        return Math.max(0, Math.min(255, value));
    }

    private static Raster raster(byte[] bytes, String where) {
        ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(in, true, true);
            Raster raster = reader.readRaster(0, null);
            if (raster.getNumBands() != INKS) {
                throw PictureFormat.bad(where, raster.getNumBands() + " inks");
            }
            return raster;
        } catch (IOException | RuntimeException e) {
            throw BadInputException.at(where)
                    .found("a damaged JPEG of four inks (" + e.getMessage() + ")")
                    .expected("a whole one")
                    .cause(e)
                    .build();
        } finally {
            reader.dispose();
        }
    }
}
