package org.ppflow.eval.neighbours;

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
        String given = System.getProperty("ppflow.golden");
        if (given != null) {
            return Npz.open(Path.of(given, "eval", name));
        }
        try {
            return Npz.open(
                    Path.of(Golden.class.getResource("/golden/eval/" + name).toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Cases of {@code precision_recall.npz}: whatever features of reference and samples it holds; none where the given folder lacks the file. */
    static List<String> precisionRecallCases() throws IOException {
        String given = System.getProperty("ppflow.golden");
        if (given != null && !Files.exists(Path.of(given, "eval", "precision_recall.npz"))) {
            return List.of();
        }
        try (NpzFile golden = open("precision_recall.npz")) {
            return golden.names().stream()
                    .filter(name -> name.endsWith("_samples"))
                    .map(name -> name.substring(0, name.length() - "_samples".length()))
                    .filter(name -> golden.contains(name + "_ref") && golden.contains(name + "_block"))
                    .toList();
        }
    }

    static double scalar(NpzFile file, String name) throws IOException {
        return file.doubles(name)[0];
    }
}
