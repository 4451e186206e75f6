package org.ppflow.data.exchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.ppflow.data.codec.LatentShape;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.weights.TensorInfo;

/** What the layouts have in common: folders of numbered files, and tensors [N, C, h, w]. */
final class ForeignFile {
    private ForeignFile() {}

    /** Files that end so, in the order of their numbers, where all are numbered, else of their names. */
    static List<Path> list(Path folder, String suffix) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> name(file).toLowerCase(Locale.ROOT).endsWith(suffix))
                    .sorted(Comparator.comparing(ForeignFile::name))
                    .toList();
        }
        if (files.isEmpty()) {
            throw BadInputException.at(folder.toString())
                    .found("no file *" + suffix)
                    .expected("latents")
                    .build();
        }
        boolean numbered = files.stream().allMatch(file -> name(file).matches("\\d{1,15}\\..*"));
        return numbered
                ? files.stream()
                        .sorted(Comparator.comparingLong(ForeignFile::number))
                        .toList()
                : files;
    }

    static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static long number(Path file) {
        return Long.parseLong(name(file).substring(0, name(file).indexOf('.')));
    }

    /** A hash of names and lengths. */
    static String sha256(List<Path> files) throws IOException {
        StringBuilder listing = new StringBuilder();
        for (Path file : files) {
            listing.append(name(file)).append(' ').append(Files.size(file)).append('\n');
        }
        return Sha256.of(listing.toString());
    }

    /** Shape of the rows of a tensor [N, C, h, w]. */
    static LatentShape rowShape(TensorInfo info, Path file) {
        int[] shape = info.shape();
        if (shape.length != 4
                || !info.type().isFloating()
                || Arrays.stream(shape).anyMatch(length -> length < 1)) {
            throw BadInputException.at(file.toString())
                    .found(info.toString())
                    .expected("floating-point latents [N, C, h, w]")
                    .build();
        }
        return new LatentShape(shape[1], shape[2], shape[3]);
    }

    static void requireShape(LatentShape found, LatentShape expected, Path file) {
        if (!found.equals(expected)) {
            throw BadInputException.at(file.toString())
                    .found("latents of " + found)
                    .expected(expected + ", as in the first file")
                    .build();
        }
    }

    /** Checks labels and gives one more than the greatest. */
    static int classes(long[] labels, Path file) {
        long greatest = -1;
        for (long label : labels) {
            if (label < 0 || label > 1_000_000) {
                throw BadInputException.at(file.toString())
                        .found("label " + label)
                        .expected("0 to 1000000")
                        .build();
            }
            greatest = Math.max(greatest, label);
        }
        return (int) greatest + 1;
    }
}
