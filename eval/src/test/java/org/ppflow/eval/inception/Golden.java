package org.ppflow.eval.inception;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.ppflow.eval.images.ImageBatch;
import org.ppflow.nn.weights.NpzFile;

/** The project's golden files of the evaluator, or those below the folder of {@code -Dppflow.golden}, where it has the graph. */
final class Golden {
    static final String GRAPH = "classify_image_graph_def.pb";

    private Golden() {}

    static Path file(String name) {
        String given = System.getProperty("ppflow.golden");
        if (given != null && Files.exists(Path.of(given, "eval", GRAPH))) {
            return Path.of(given, "eval", name);
        }
        try {
            return Path.of(Golden.class.getResource("/golden/eval/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The S of all {@code images_S}. */
    static List<String> sizes(NpzFile features) {
        return features.names().stream()
                .filter(name -> name.startsWith("images_"))
                .map(name -> name.substring("images_".length()))
                .toList();
    }

    static ImageBatch images(NpzFile features, String size) {
        try {
            int[] shape = features.info("images_" + size).shape();
            return new ImageBatch(features.bytes("images_" + size).array(), shape[1], shape[2], shape[3]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pictures [from, to). */
    static ImageBatch some(ImageBatch batch, int from, int to) {
        int bytes = batch.shape().bytes();
        return new ImageBatch(
                Arrays.copyOfRange(batch.pixels(), from * bytes, to * bytes),
                batch.height(),
                batch.width(),
                batch.channels());
    }
}
