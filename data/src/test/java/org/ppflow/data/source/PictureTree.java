package org.ppflow.data.source;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Trees and archives of small pictures, and what is read from them. */
final class PictureTree {
    private PictureTree() {}

    /** Writes a tar. */
    @FunctionalInterface
    interface Content {
        void writeTo(TarArchiveOutputStream tar) throws IOException;
    }

    /** A PNG of 5 rows. */
    static byte[] png(int width) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, 5, BufferedImage.TYPE_INT_RGB), "png", bytes);
        return bytes.toByteArray();
    }

    /** Adds pictures to a tree. */
    static Path of(Path tree, String... files) throws IOException {
        for (String file : files) {
            Path path = tree.resolve(file);
            Files.createDirectories(path.getParent());
            Files.write(path, png(3));
        }
        return tree;
    }

    static Path tar(Path file, Content content) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            content.writeTo(tar);
        }
        return file;
    }

    static void add(TarArchiveOutputStream tar, String name, byte[] bytes) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    /** Label and name of each picture, in order. */
    static List<String> sources(PictureSource source) throws IOException {
        List<String> found = new ArrayList<>();
        try (PictureStream stream = source.open(0)) {
            for (PictureEntry entry = stream.next(); entry != null; entry = stream.next()) {
                found.add(entry.label() + " " + entry.source());
            }
        }
        return found;
    }
}
