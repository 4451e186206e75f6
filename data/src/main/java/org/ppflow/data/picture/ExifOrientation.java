package org.ppflow.data.picture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The orientation that a camera has written into a JPEG (EXIF, tag 0x0112): 1 upright, 2 to 8 the other ways to turn and mirror it. */
final class ExifOrientation {
    private static final int APP1 = 0xE1;
    private static final int START_OF_SCAN = 0xDA;
    private static final int TAG = 0x0112;
    private static final int UPRIGHT = 1;

    private ExifOrientation() {}

    /** The orientation, 1 where nothing is said or what is said makes no sense. */
    static int of(byte[] jpeg) {
        int at = 2;
        while (at + 4 <= jpeg.length && (jpeg[at] & 0xFF) == 0xFF) {
            int marker = jpeg[at + 1] & 0xFF;
            int length = (jpeg[at + 2] & 0xFF) << 8 | (jpeg[at + 3] & 0xFF);
            if (marker == START_OF_SCAN || length < 2) {
                return UPRIGHT;
            }
            int end = Math.min(jpeg.length, at + 2 + length);
            if (marker == APP1 && end - at > 18 && jpeg[at + 4] == 'E' && jpeg[at + 5] == 'x' && jpeg[at + 6] == 'i') {
                return inTiff(ByteBuffer.wrap(jpeg, at + 10, end - at - 10).slice());
            }
            at += 2 + length;
        }
        return UPRIGHT;
    }

    private static int inTiff(ByteBuffer tiff) {
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        if (directory < 8 || directory > tiff.limit() - 2) {
            return UPRIGHT;
        }
        int entries = tiff.getShort(directory) & 0xFFFF;
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + 12 * i;
            if (entry > tiff.limit() - 12) {
                return UPRIGHT;
            }
            if ((tiff.getShort(entry) & 0xFFFF) == TAG) {
                int value = tiff.getShort(entry + 8) & 0xFFFF;
                return value >= 1 && value <= 8 ? value : UPRIGHT;
            }
        }
        return UPRIGHT;
    }

    /** The picture upright. */
    static Picture upright(Picture picture, int orientation) {
        boolean turned = orientation >= 5;
        int height = turned ? picture.width() : picture.height();
        int width = turned ? picture.height() : picture.width();
        int channels = picture.channels();
        byte[] pixels = new byte[picture.pixels().length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int row = switch (orientation) {
                    case 3, 4 -> height - 1 - y;
                    case 5, 8 -> x;
                    case 6, 7 -> width - 1 - x;
                    default -> y;
                };
                int column = switch (orientation) {
                    case 2, 3 -> width - 1 - x;
                    case 5, 6 -> y;
                    case 7, 8 -> height - 1 - y;
                    default -> x;
                };
                System.arraycopy(
                        picture.pixels(),
                        (row * picture.width() + column) * channels,
                        pixels,
                        (y * width + x) * channels,
                        channels);
            }
        }
        return new Picture(height, width, channels, pixels);
    }
}
