package org.ppflow.eval.images;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The evaluator's golden files: the project's copy, or those below the folder of {@code -Dppflow.golden}. */
public final class GoldenFiles {
    private GoldenFiles() {}

    /** A file or folder, there or not. */
    public static Path path(String name) {
        String given = System.getProperty("ppflow.golden");
        if (given != null) {
            return Path.of(given, "eval", name);
        }
        URL readme = GoldenFiles.class.getResource("/golden/eval/README.md");
        if (readme == null) {
            throw new IllegalStateException("the golden files are missing from the test resources");
        }
        try {
            return Path.of(readme.toURI()).resolveSibling(name);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The npz files of a folder; none where it is missing. */
    public static List<Path> npzFiles(String folder) throws IOException {
        if (!Files.isDirectory(path(folder))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path(folder))) {
            return files.filter(file -> file.toString().endsWith(".npz"))
                    .sorted()
                    .toList();
        }
    }
}
