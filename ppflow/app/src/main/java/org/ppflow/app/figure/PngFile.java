package org.ppflow.app.figure;

import com.jcraft.jzlib.Deflater;
import com.jcraft.jzlib.DeflaterOutputStream;
import com.jcraft.jzlib.GZIPException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Encodes PNG (W3C, third edition). The JDK's encoder compresses with whatever zlib the system has, and those differ in bytes; this one's is JZlib, the
 * same everywhere.
 */
final class PngFile {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final double INCHES_A_METRE = 1 / 0.0254;
    private static final int BEST = 9;
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int UP = 2;
    private static final int RGB = 2;
    private static final int GREY = 0;

    private PngFile() {}

    /**
     * The file.
     *
     * @param dotsPerInch what programs take as its size on paper
     */
    static byte[] encode(Pixels pixels, double dotsPerInch) {
        try {
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            file.write(SIGNATURE);
            ByteArrayOutputStream header = new ByteArrayOutputStream();
            DataOutputStream fields = new DataOutputStream(header);
            fields.writeInt(pixels.width());
            fields.writeInt(pixels.height());
            fields.write(new byte[] {8, (byte) (pixels.channels() == 3 ? RGB : GREY), 0, 0, 0});
            chunk(file, "IHDR", header.toByteArray());
            ByteArrayOutputStream density = new ByteArrayOutputStream();
            fields = new DataOutputStream(density);
            int dotsAMetre = (int) Math.rint(dotsPerInch * INCHES_A_METRE);
            fields.writeInt(dotsAMetre);
            fields.writeInt(dotsAMetre);
            fields.write(1);
            chunk(file, "pHYs", density.toByteArray());
            chunk(file, "IDAT", compressed(pixels));
            chunk(file, "IEND", new byte[0]);
            return file.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }

    /** Each line as its difference from the one above, which is 0 nearly everywhere in a drawing. */
    private static byte[] compressed(Pixels pixels) throws IOException {
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        int stride = pixels.width() * pixels.channels();
        byte[] line = new byte[stride + 1];
        line[0] = UP;
        try (DeflaterOutputStream out = new DeflaterOutputStream(result, deflater(), BUFFER_BYTES, true)) {
            for (int row = 0; row < pixels.height(); row++) {
                for (int i = 0; i < stride; i++) {
                    int above = row == 0 ? 0 : pixels.values()[(row - 1) * stride + i];
                    line[i + 1] = (byte) (pixels.values()[row * stride + i] - above);
                }
                out.write(line);
            }
        }
        return result.toByteArray();
    }

    private static Deflater deflater() throws GZIPException {
        return new Deflater(BEST);
    }

    private static void chunk(ByteArrayOutputStream file, String type, byte[] content) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 check = new CRC32();
        check.update(name);
        check.update(content);
        DataOutputStream out = new DataOutputStream(file);
        out.writeInt(content.length);
        out.write(name);
        out.write(content);
        out.writeInt((int) check.getValue());
        out.flush();
    }
}
