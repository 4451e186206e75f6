package org.ppflow.eval.statistics;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.NpzFile;

/** The golden files of metrics: the project's copy, or those below the folder of {@code -Dppflow.golden}. */
final class Golden {
    private Golden() {}

    static NpzFile open(String name) throws IOException {
        return Npz.open(path(name));
    }

    /** What stands before a suffix in the names of a file's arrays: its cases. None where the file is not there. */
    static List<String> cases(String name, String suffix) throws IOException {
        if (!Files.exists(path(name))) {
            return List.of();
        }
        try (NpzFile file = open(name)) {
            return file.names().stream()
                    .filter(array -> array.endsWith(suffix))
                    .map(array -> array.substring(0, array.length() - suffix.length()))
                    .toList();
        }
    }

    static Path path(String name) {
        String given = System.getProperty("ppflow.golden");
        if (given != null) {
            return Path.of(given, "eval", name);
        }
        try {
            return Path.of(Golden.class.getResource("/golden/eval/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static double scalar(NpzFile file, String name) throws IOException {
        return file.doubles(name)[0];
    }
}
