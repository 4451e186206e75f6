package org.ppflow.data.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.ppflow.data.picture.PictureSet;
import org.ppflow.nn.errors.BadInputException;

/** MNIST: the 10 000 test digits that ship with the toolkit, or the files of a folder. */
public final class Mnist {
    private static final List<String> DIGITS = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    private static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
    private static final String TEST_LABELS = "t10k-labels-idx1-ubyte";
    private static final String TEST_IMAGES_MD5 = "2646ac647ad5339dbf082846283269ea";
    private static final String TEST_LABELS_MD5 = "27ae3e4e09519cfbb04c329615203637";
    private static final String TRAINING_IMAGES = "train-images-idx3-ubyte";
    private static final String TRAINING_LABELS = "train-labels-idx1-ubyte";

    private Mnist() {}

    /** The embedded digits, 28×28 grey; checked against the published MD5. */
    public static PictureSet t10k() throws IOException {
        verify(TEST_IMAGES, TEST_IMAGES_MD5);
        verify(TEST_LABELS, TEST_LABELS_MD5);
        return IdxReader.read(
                TEST_IMAGES, () -> resource(TEST_IMAGES), TEST_LABELS, () -> resource(TEST_LABELS), DIGITS);
    }

    /**
     * The training files of a folder, {@code train-images-idx3-ubyte} and {@code train-labels-idx1-ubyte}, plain or with
     * {@code .gz}; the test files where there are no training files.
     */
    public static PictureSet in(Path folder) throws IOException {
        String images = find(folder, TRAINING_IMAGES) == null ? TEST_IMAGES : TRAINING_IMAGES;
        String labels = images.equals(TRAINING_IMAGES) ? TRAINING_LABELS : TEST_LABELS;
        Path imageFile = required(folder, images);
        Path labelFile = required(folder, labels);
        return IdxReader.read(
                imageFile.toString(),
                () -> Files.newInputStream(imageFile),
                labelFile.toString(),
                () -> Files.newInputStream(labelFile),
                DIGITS);
    }

    private static Path required(Path folder, String name) {
        Path file = find(folder, name);
        if (file == null) {
            throw BadInputException.at(folder.toString())
                    .found(Files.isDirectory(folder) ? "no " + name : "no such folder")
                    .expected(name + " or " + name + ".gz")
                    .build();
        }
        return file;
    }

    private static @org.jspecify.annotations.Nullable Path find(Path folder, String name) {
        for (String suffix : List.of("", ".gz")) {
            Path file = folder.resolve(name + suffix);
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        return null;
    }

    private static InputStream resource(String name) throws IOException {
        InputStream in = Mnist.class.getResourceAsStream(name + ".gz");
        if (in == null) {
            throw new NoSuchFileException(name + ".gz", null, "not in the jar");
        }
        return in;
    }

    private static void verify(String name, String expected) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
        try (InputStream in = new GZIPInputStream(resource(name))) {
            digest.update(in.readAllBytes());
        }
        String found = HexFormat.of().formatHex(digest.digest());
        if (!found.equals(expected)) {
            throw BadInputException.at(name)
                    .found("MD5 " + found)
                    .expected(expected)
                    .advice("build the project again")
                    .build();
        }
    }
}
