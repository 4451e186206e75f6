package org.ppflow.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** The golden files: the project's copy, or the folder of {@code -Dppflow.golden}. */
final class GoldenFolder {
    private static final String PROPERTY = "ppflow.golden";

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

    /**
     * The cases of one class. The project's own copy has some for every class; another folder may lack any file, but a folder
     * in which nothing can be compared at all is a mistake.
     */
    static List<DynamicTest> checked(List<DynamicTest> cases) {
        if (System.getProperty(PROPERTY) == null) {
            assertThat(cases).as("cases in the project's goldens").isNotEmpty();
        } else {
            try (Stream<Path> files = Files.walk(root())) {
                assertThat(files.filter(file -> file.toString().endsWith(".npz")))
                        .as("goldens in " + root())
                        .isNotEmpty();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
        return cases;
    }

    private static Path root() {
        String given = System.getProperty(PROPERTY);
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
