package org.ppflow.eval.neighbours;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
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

    static double scalar(NpzFile file, String name) throws IOException {
        return file.doubles(name)[0];
    }
}
