package org.ppflow.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.tests.endtoend.CommandLineRun.Outcome;

/** What {@code evaluate} keeps: used where it is right, made again where it is not. */
class EvaluateCacheTest {
    @TempDir
    private Path folder;

    private TinyNetwork network;
    private Path samples;
    private Path reference;
    private Path cache;

    @BeforeEach
    void write() throws IOException {
        network = TinyNetwork.write(folder.resolve("tiny.pb"));
        samples = MadeUpPictures.of(1, 700, 8).npz(folder.resolve("samples.npz"));
        reference = MadeUpPictures.of(2, 600, 8).npz(folder.resolve("reference.npz"));
        cache = folder.resolve("cache");
    }

    @Test
    void newReference_runsNoNetworkOnTheSamples() throws IOException {
        evaluate(reference);
        Path other = MadeUpPictures.of(3, 500, 8).npz(folder.resolve("other.npz"));

        Outcome outcome = evaluate(other);

        assertThat(outcome.err()).contains("features of " + other).doesNotContain("features of " + samples);
    }

    @Test
    void newSamplesUnderAnOldName_areScoredAnew() throws IOException {
        String before = evaluate(reference).out();
        MadeUpPictures.of(4, 700, 8).npz(samples);

        Outcome outcome = evaluate(reference);

        assertThat(outcome.err()).contains("features of " + samples).doesNotContain("known already");
        assertThat(outcome.out()).isNotEqualTo(before);
    }

    @Test
    void anotherNetworkUnderAnOldName_isRunAnew() throws IOException {
        evaluate(reference);
        TinyNetwork.write(network.file(), 1);

        Outcome outcome = evaluate(reference);

        assertThat(outcome.err()).contains("features of " + samples, "features of " + reference);
    }

    /** Each file that is kept loses a bit, or its end; the result is what it was, and never a damaged number. */
    @Test
    void damagedEntries_areMadeAgain() throws IOException {
        String undamaged = evaluate(reference).out();
        List<Path> kept;
        try (Stream<Path> files = Files.walk(cache)) {
            kept = files.filter(Files::isRegularFile).toList();
        }
        // Two sets of features in two parts each, two preflights, one result.
        assertThat(kept).hasSize(7);
        for (Path file : kept) {
            byte[] whole = Files.readAllBytes(file);
            byte[] flipped = whole.clone();
            flipped[whole.length / 2] ^= 4;
            Files.write(file, flipped);
            forgetResultsBut(file);
            assertThat(evaluate(reference).out()).as("a bit of " + file).isEqualTo(undamaged);

            Files.write(file, Arrays.copyOf(Files.readAllBytes(file), whole.length / 3));
            forgetResultsBut(file);
            assertThat(evaluate(reference).out()).as("cut off: " + file).isEqualTo(undamaged);
        }
    }

    @Test
    void resultThatSomebodyChanged_isNotBelieved() throws IOException {
        String undamaged = evaluate(reference).out();
        try (Stream<Path> results = Files.list(cache.resolve("results"))) {
            Path result = results.findFirst().orElseThrow();
            String text = Files.readString(result);
            String changed = text.replaceFirst("tiny_fd\\\\\" : [0-9]", "tiny_fd\\\\\" : 0");
            assertThat(changed).isNotEqualTo(text);
            Files.writeString(result, changed);
        }

        Outcome outcome = evaluate(reference);

        assertThat(outcome.err()).doesNotContain("known already");
        assertThat(outcome.out()).isEqualTo(undamaged);
        assertThat(evaluate(reference).err()).contains("known already");
    }

    /** A whole result is given without a look at what it was made of. */
    private void forgetResultsBut(Path damaged) throws IOException {
        try (Stream<Path> results = Files.list(cache.resolve("results"))) {
            for (Path result : results.filter(file -> !file.equals(damaged)).toList()) {
                Files.delete(result);
            }
        }
    }

    private Outcome evaluate(Path against) {
        Outcome outcome =
                network.evaluate("--reference", against, "--samples", samples, "--cache", cache, "--json", "-");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return outcome;
    }
}
