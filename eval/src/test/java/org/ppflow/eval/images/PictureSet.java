package org.ppflow.eval.images;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.TensorSource;

/**
 * Made-up pictures, written as every kind of file that sources read.
 *
 * @param count N
 * @param shape of each
 * @param pixels NHWC
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record PictureSet(int count, ImageShape shape, byte[] pixels) {
    /** Noise. */
    public static PictureSet noise(long seed, int count, int height, int width) {
        ImageShape shape = new ImageShape(height, width, 3);
        byte[] pixels = new byte[count * shape.bytes()];
        RandomStream random = RandomStream.of(seed, Purpose.TEST, 0);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) random.nextInt(256);
        }
        return new PictureSet(count, shape, pixels);
    }

    public ImageSource source() {
        return new ArrayImages(
                "array", new ImageBatch(pixels.clone(), shape.height(), shape.width(), shape.channels()));
    }

    public Path npz(Path file, Npz.Compression compression, long... labels) throws IOException {
        TensorSource images = TensorSource.unsignedBytes(
                "arr_0", new int[] {count, shape.height(), shape.width(), shape.channels()}, pixels);
        Npz.write(
                file,
                compression,
                labels.length == 0
                        ? List.of(images)
                        : List.of(images, TensorSource.longs("arr_1", new int[] {labels.length}, labels)));
        return file;
    }

    /** In Fortran order. */
    public Path columnMajor(Path file, boolean deflated) throws IOException {
        String text = "{'descr': '|u1', 'fortran_order': True, 'shape': (" + count + ", " + shape.height() + ", "
                + shape.width() + ", " + shape.channels() + "), }";
        byte[] header = (text + " ".repeat(117 - text.length()) + "\n").getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream npy = new ByteArrayOutputStream();
        npy.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length, 0});
        npy.writeBytes(header);
        for (int c = 0; c < shape.channels(); c++) {
            for (int w = 0; w < shape.width(); w++) {
                for (int h = 0; h < shape.height(); h++) {
                    for (int n = 0; n < count; n++) {
                        npy.write(pixels[n * shape.bytes() + (h * shape.width() + w) * shape.channels() + c]);
                    }
                }
            }
        }
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            put(zip, "arr_0.npy", npy.toByteArray(), deflated);
        }
        return file;
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes, boolean deflated) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        if (!deflated) {
            CRC32 sum = new CRC32();
            sum.update(bytes);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(bytes.length);
            entry.setCrc(sum.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }

    /** {@code 000000.png} and on. */
    public static String name(int index) {
        return String.format(Locale.ROOT, "%06d.png", index);
    }

    /** One picture as a PNG file. */
    public byte[] png(int index) throws IOException {
        BufferedImage image = new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x++) {
                int at = index * shape.bytes() + (y * shape.width() + x) * 3;
                image.setRGB(x, y, (pixels[at] & 0xFF) << 16 | (pixels[at + 1] & 0xFF) << 8 | (pixels[at + 2] & 0xFF));
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    public Path folder(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < count; i++) {
            Files.write(folder.resolve(name(i)), png(i));
        }
        return folder;
    }

    public Path zip(Path file, boolean deflated) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = count - 1; i >= 0; i--) { // the order of a zip's directory says nothing
                put(zip, "samples/" + name(i), png(i), deflated);
            }
        }
        return file;
    }

    public Path tar(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < count; i++) {
                byte[] png = png(i);
                byte[] header = new byte[512];
                put(header, 0, name(i));
                put(header, 100, "0000644");
                put(header, 124, String.format(Locale.ROOT, "%011o", png.length));
                put(header, 136, "00000000000");
                header[156] = '0';
                Arrays.fill(header, 148, 156, (byte) ' ');
                int sum = 0;
                for (byte b : header) {
                    sum += b & 0xFF;
                }
                put(header, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
                out.write(header);
                out.write(png);
                out.write(new byte[(512 - png.length % 512) % 512]);
            }
            out.write(new byte[1024]);
        }
        return file;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
