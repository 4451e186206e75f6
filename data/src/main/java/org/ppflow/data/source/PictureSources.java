package org.ppflow.data.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.ppflow.nn.errors.BadInputException;

/**
 * Finds a source by the name a person gives: {@code mnist-t10k}, which ships with the toolkit, or {@code idx:PATH}, where PATH
 * is an IDX image file with its label file beside it (named alike, {@code labels-idx1} for {@code images-idx3}), or a folder
 * with one such pair.
 */
public final class PictureSources {
    private static final String IDX = "idx:";
    private static final String IMAGES = "images-idx3";
    private static final String LABELS = "labels-idx1";
    private static final String PACKED = ".gz";

    private PictureSources() {}

    /** The source of that name. */
    public static PictureSource open(String name) throws IOException {
        if (name.equals(Mnist.NAME)) {
            return Mnist.embedded();
        }
        if (name.startsWith(IDX) && name.length() > IDX.length()) {
            return idx(Path.of(name.substring(IDX.length())));
        }
        throw BadInputException.at("data source")
                .found("unknown source '" + name + "'")
                .expected(Mnist.NAME + " or " + IDX + "PATH")
                .build();
    }

    private static IdxSource idx(Path path) throws IOException {
        Path images = Files.isDirectory(path) ? onlyImageFile(path) : path;
        if (!Files.isRegularFile(images)) {
            throw BadInputException.at(images.toString())
                    .found("no such file")
                    .expected("an IDX image file, or a folder with one")
                    .build();
        }
        return IdxSource.of(images, labelsOf(images));
    }

    private static Path onlyImageFile(Path folder) throws IOException {
        List<Path> found;
        try (Stream<Path> files = Files.list(folder)) {
            found = files.filter(file -> fileName(file).contains(IMAGES))
                    .sorted()
                    .toList();
        }
        if (found.size() != 1) {
            throw BadInputException.at(folder.toString())
                    .found(found.size() + " files named *" + IMAGES + "* "
                            + found.stream().map(PictureSources::fileName).toList())
                    .expected("exactly one")
                    .advice("name the image file itself: " + IDX + folder.resolve("train-" + IMAGES + "-ubyte.gz"))
                    .build();
        }
        return found.get(0);
    }

    private static Path labelsOf(Path images) {
        String name = fileName(images).replace(IMAGES, LABELS);
        String other = name.endsWith(PACKED) ? name.substring(0, name.length() - PACKED.length()) : name + PACKED;
        for (String candidate : List.of(name, other)) {
            Path labels = images.resolveSibling(candidate);
            if (Files.isRegularFile(labels) && !labels.equals(images)) {
                return labels;
            }
        }
        throw BadInputException.at(images.toString())
                .found("no label file beside it")
                .expected(name + " or " + other)
                .build();
    }

    private static String fileName(Path file) {
        return String.valueOf(file.getFileName());
    }
}
