package org.ppflow.tests.endtoend;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.TensorSource;

/**
 * Colour pictures as {@code evaluate} finds them: the same ones in every kind of file. Each is of a colour of its own with grain on it, pixels between 20 and 219. Files of pictures
 * lie in two folders, the first half and the rest.
 *
 * @param count N
 * @param side of each, H = W
 * @param pixels N·H·W·3
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record MadeUpPictures(int count, int side, byte[] pixels) {
    private static final int CHANNELS = 3;

    /** Other seeds, other pictures. */
    static MadeUpPictures of(long seed, int count, int side) {
        byte[] pixels = new byte[count * side * side * CHANNELS];
        int size = side * side * CHANNELS;
        for (int picture = 0; picture < count; picture++) {
            RandomStream random = RandomStream.of(seed, Purpose.TEST, picture);
            int[] colour = {random.nextInt(160), random.nextInt(160), random.nextInt(160)};
            for (int i = 0; i < size; i++) {
                pixels[picture * size + i] = (byte) (20 + colour[i % CHANNELS] + random.nextInt(40));
            }
        }
        return new MadeUpPictures(count, side, pixels);
    }

    /** All values of a channel raised. */
    MadeUpPictures brighter(int channel, int by) {
        byte[] raised = pixels.clone();
        for (int i = channel; i < raised.length; i += CHANNELS) {
            raised[i] += (byte) by;
        }
        return new MadeUpPictures(count, side, raised);
    }

    /** Pictures {@code from} to {@code to} − 1. */
    MadeUpPictures part(int from, int to) {
        return new MadeUpPictures(to - from, side, Arrays.copyOfRange(pixels, from * size(), to * size()));
    }

    /** Bytes of a picture. */
    int size() {
        return side * side * CHANNELS;
    }

    Path npz(Path file, long... labels) throws IOException {
        TensorSource images = TensorSource.unsignedBytes("arr_0", new int[] {count, side, side, CHANNELS}, pixels);
        Npz.write(
                file,
                Npz.Compression.STORED,
                labels.length == 0
                        ? List.of(images)
                        : List.of(images, TensorSource.longs("arr_1", new int[] {labels.length}, labels)));
        return file;
    }

    Path folder(Path folder) throws IOException {
        for (int i = 0; i < count; i++) {
            Path file = folder.resolve(name(i));
            Files.createDirectories(file.getParent());
            Files.write(file, png(i));
        }
        return folder;
    }

    Path zip(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < count; i++) {
                zip.putNextEntry(new ZipEntry(name(i)));
                zip.write(png(i));
                zip.closeEntry();
            }
        }
        return file;
    }

    Path tar(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            for (int i = 0; i < count; i++) {
                byte[] png = png(i);
                TarArchiveEntry entry = new TarArchiveEntry(name(i));
                entry.setSize(png.length);
                tar.putArchiveEntry(entry);
                tar.write(png);
                tar.closeArchiveEntry();
            }
        }
        return file;
    }

    private String name(int picture) {
        return String.format(Locale.ROOT, "%s/%06d.png", picture < count / 2 ? "first" : "second", picture);
    }

    private byte[] png(int picture) throws IOException {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < side * side; i++) {
            int at = picture * size() + CHANNELS * i;
            image.setRGB(
                    i % side,
                    i / side,
                    (pixels[at] & 0xFF) << 16 | (pixels[at + 1] & 0xFF) << 8 | (pixels[at + 2] & 0xFF));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }
}
