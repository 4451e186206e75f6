package org.ppflow.data.picture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** PNG files of any colour type and depth, which ImageIO would not write as they are meant. */
final class PngBytes {
    static final int GREY = 0;
    static final int RGB = 2;
    static final int PALETTE = 3;
    static final int GREY_ALPHA = 4;
    static final int RGBA = 6;

    private PngBytes() {}

    /** One row of packed samples. */
    static byte[] row(int width, int colourType, int bits, int... packed) {
        return row(width, colourType, bits, new byte[0], new byte[0], packed);
    }

    /** One row with a palette and its transparency; empty for none. */
    static byte[] row(int width, int colourType, int bits, byte[] palette, byte[] transparency, int... packed) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(1);
        chunk(png, "IHDR", header.put((byte) bits).put((byte) colourType).array());
        if (palette.length > 0) {
            chunk(png, "PLTE", palette);
        }
        if (transparency.length > 0) {
            chunk(png, "tRNS", transparency);
        }
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(deflated)) {
            out.write(0); // no filter
            for (int one : packed) {
                out.write(one);
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        chunk(png, "IDAT", deflated.toByteArray());
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 sum = new CRC32();
        sum.update(name);
        sum.update(data);
        png.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        png.writeBytes(name);
        png.writeBytes(data);
        png.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }
}
