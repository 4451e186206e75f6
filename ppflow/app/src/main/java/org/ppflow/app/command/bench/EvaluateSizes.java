package org.ppflow.app.command.bench;

import java.util.List;
import java.util.stream.Stream;
import org.ppflow.app.command.OptionRange;
import picocli.CommandLine.Option;

/** How large the parts of {@code bench evaluate} are; a picocli mixin. Published evaluations have the defaults. */
final class EvaluateSizes {
    private static final int MOST_FEATURES = 8192;
    private static final int MOST_PIXELS = 4096;
    private static final long MOST_BYTES = Integer.MAX_VALUE;

    @Option(
            names = "--features",
            paramLabel = "N",
            defaultValue = "2048",
            description =
                    "Features of a picture, for Fréchet distance, precision and recall (default: ${DEFAULT-VALUE}).")
    private int features = 2048;

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            defaultValue = "256",
            description = "Side of the pictures that Inception gets (default: ${DEFAULT-VALUE}).")
    private int size = 256;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "64",
            description = "Pictures it gets at once (default: ${DEFAULT-VALUE}).")
    private int batch = 64;

    @Option(
            names = "--repeats",
            paramLabel = "N",
            defaultValue = "5",
            description =
                    "Timed Fréchet distances, and timed batches of Inception, of which the median counts (default: ${DEFAULT-VALUE}).")
    private int repeats = 5;

    @Option(
            names = "--references",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Reference pictures of precision and recall (default: ${DEFAULT-VALUE}).")
    private int references = 10_000;

    @Option(
            names = "--samples",
            paramLabel = "N",
            defaultValue = "50000",
            description = "Samples of precision and recall (default: ${DEFAULT-VALUE}).")
    private int samples = 50_000;

    /** Checks them. */
    void require() {
        OptionRange.require("--features", features, 1, MOST_FEATURES);
        OptionRange.require("--size", size, 1, MOST_PIXELS);
        OptionRange.require("--batch", batch, 1, MOST_BYTES / (3L * size * size));
        OptionRange.require("--repeats", repeats, 1, 1000);
        // Neighbours are the third; a file of rows is mapped whole.
        OptionRange.require("--references", references, 4, MOST_BYTES / (4L * features));
        OptionRange.require("--samples", samples, 4, MOST_BYTES / (4L * features));
    }

    int features() {
        return features;
    }

    int size() {
        return size;
    }

    int batch() {
        return batch;
    }

    int repeats() {
        return repeats;
    }

    int references() {
        return references;
    }

    int samples() {
        return samples;
    }

    /**
     * Operations of precision and recall: two for each feature of each pair of pictures that a distance is between, a pair of one set counted once. What is computed again does not count.
     */
    double pairFlops() {
        double pairs =
                samples * (samples - 1.0) / 2 + references * (references - 1.0) / 2 + (double) samples * references;
        return 2 * pairs * features;
    }

    /** The same on a command line. */
    List<String> arguments() {
        return Stream.of(
                        "--features",
                        features,
                        "--size",
                        size,
                        "--batch",
                        batch,
                        "--repeats",
                        repeats,
                        "--references",
                        references,
                        "--samples",
                        samples)
                .map(Object::toString)
                .toList();
    }
}
