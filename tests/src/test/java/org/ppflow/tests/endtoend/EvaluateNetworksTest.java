package org.ppflow.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.data.picture.PictureBatch;
import org.ppflow.data.source.LabelledPictures;
import org.ppflow.eval.classifier.ClassifierOptions;
import org.ppflow.eval.classifier.ClassifierTraining;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.session.SessionOptions;
import org.ppflow.tests.endtoend.CommandLineRun.Outcome;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Feature networks other than Inception behind the door of {@code evaluate}. */
class EvaluateNetworksTest {
    private static final int PICTURES = 60;
    private static final int SIDE = TinyNetwork.SIDE;

    @TempDir
    private Path folder;

    /** Brighter pictures have the covariance of the others, so the distance is that of the means. */
    @Test
    void anyFrozenGraph_givesTheDistanceOfItsFeatures() throws IOException {
        TinyNetwork network = TinyNetwork.write(folder.resolve("tiny.pb"));
        MadeUpPictures pictures = MadeUpPictures.of(1, PICTURES, SIDE);
        Path reference = pictures.npz(folder.resolve("reference.npz"));
        Path samples = pictures.brighter(0, 30).brighter(2, 10).npz(folder.resolve("samples.npz"));

        JsonNode exact =
                protocols(reference, samples, network.options("colours")).get("exact");

        double expected = (30.0 / 255) * (30.0 / 255) + (10.0 / 255) * (10.0 / 255);
        // Features are fp32.
        assertThat(exact.get("tiny_fd").asDouble()).isEqualTo(expected, within(1e-6));
        assertThat(exact.has("fid")).isFalse();
        assertThat(exact.has("tiny_precision")).isTrue();
    }

    @Test
    void wrongNameOfATensor_isAnsweredWithTheNearest() throws IOException {
        TinyNetwork network = TinyNetwork.write(folder.resolve("tiny.pb"));
        Path pictures = MadeUpPictures.of(1, PICTURES, SIDE).npz(folder.resolve("pictures.npz"));

        Outcome outcome = run(pictures, pictures, network.options("colors"));

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("tiny.pb", "colors", "did you mean 'colours'?");
    }

    @Test
    void classifierOfARun_isANetworkAndAJudgeOfLabels() throws IOException {
        Path classifier = classifier();
        MadeUpPictures pictures = darkAndBright(11);
        // One in ten is asked for the other class than it shows.
        long[] asked = IntStream.range(0, PICTURES)
                .mapToLong(i -> i % 10 == 0 ? 1 - i % 2 : i % 2)
                .toArray();
        Path samples = pictures.npz(folder.resolve("samples.npz"), asked);
        Path reference = darkAndBright(12).npz(folder.resolve("reference.npz"));

        JsonNode own = protocols(reference, samples, List.of("--network", classifier));
        TinyNetwork tiny = TinyNetwork.write(folder.resolve("tiny.pb"));
        List<Object> beside = new ArrayList<>(tiny.options());
        beside.addAll(List.of("--classifier", classifier));
        JsonNode judged = protocols(reference, samples, beside).get("exact");

        assertThat(own.has("adm")).isFalse();
        assertThat(own.get("exact").get("classifier_fd").asDouble()).isPositive();
        assertThat(own.get("exact").get("label_agreement").asDouble()).isEqualTo(0.9);
        assertThat(judged.get("label_agreement").asDouble()).isEqualTo(0.9);
        assertThat(judged.has("tiny_fd")).isTrue();
    }

    /** Tells dark pictures (0) from bright ones (1). */
    private Path classifier() throws IOException {
        MadeUpPictures pictures = darkAndBright(10);
        int[] labels = IntStream.range(0, PICTURES).map(i -> i % 2).toArray();
        Path file = folder.resolve("classifier.safetensors");
        ClassifierTraining.train(
                new LabelledPictures(new PictureBatch(PICTURES, SIDE, SIDE, 3, pictures.pixels()), labels),
                2,
                new ClassifierOptions(0, 60, 16, 5e-3),
                SessionOptions.DEFAULT,
                file,
                Progress.NONE);
        return file;
    }

    /** Odd pictures are bright. */
    private static MadeUpPictures darkAndBright(long seed) {
        MadeUpPictures made = MadeUpPictures.of(seed, PICTURES, SIDE);
        byte[] pixels = made.pixels().clone();
        for (int i = 0; i < pixels.length; i++) {
            int value = pixels[i] & 0xFF;
            pixels[i] = (byte) (i / made.size() % 2 == 0 ? value / 4 : 255 - value / 4);
        }
        return new MadeUpPictures(PICTURES, SIDE, pixels);
    }

    private JsonNode protocols(Path reference, Path samples, List<Object> network) {
        Outcome outcome = run(reference, samples, network);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return JsonMapper.shared().readTree(outcome.out()).get("protocols");
    }

    private Outcome run(Path reference, Path samples, List<Object> network) {
        List<Object> arguments = new ArrayList<>(Arrays.asList("evaluate", "--reference", reference));
        arguments.addAll(List.of("--samples", samples, "--cache", folder.resolve("cache"), "--json", "-"));
        arguments.addAll(network);
        return CommandLineRun.run(arguments.toArray());
    }
}
