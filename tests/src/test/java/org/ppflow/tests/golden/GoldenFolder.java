package org.ppflow.tests.golden;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The golden files: the project's copy, or the folder of {@code -Dppflow.golden}. */
final class GoldenFolder {
    private GoldenFolder() {}

    /** All files of a name below one of the golden folder's parts, sorted. */
    static List<Path> find(String part, String fileName) {
        Path folder = root().resolve(part);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().equals(fileName))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Path root() {
        String given = System.getProperty("ppflow.golden");
        if (given != null) {
            return Path.of(given);
        }
        URL resource = GoldenFolder.class.getResource("/golden");
        try {
            return Path.of(resource.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
