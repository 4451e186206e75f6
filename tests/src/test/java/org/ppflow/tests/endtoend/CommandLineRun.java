package org.ppflow.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.ppflow.app.command.Ppflow;
import org.ppflow.eval.protocol.Evaluation;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.TensorFile;

/** Runs of commands in the tests of this package. */
final class CommandLineRun {
    private CommandLineRun() {}

    /** What a command ended with. */
    record Outcome(int code, String out, String err) {}

    /** ppf2 at batch 4 with 7 points on one thread, unless the options say otherwise. */
    static Outcome sample(Path output, Object... options) {
        List<Object> arguments = new ArrayList<>(List.of("sample", "--weights", weights("ppf2"), "--output", output));
        List<Object> given = Arrays.asList(options);
        for (List<Object> fallback : List.of(
                List.<Object>of("--batch", 4), List.<Object>of("--points", 7), List.<Object>of("--threads", 1))) {
            if (!given.contains(fallback.get(0))) {
                arguments.addAll(fallback);
            }
        }
        arguments.addAll(given);
        return run(arguments.toArray());
    }

    /** The latents of a sampling that ends well. */
    static FloatArray latents(Path output, Object... options) throws IOException {
        Outcome outcome = sample(output, options);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        try (TensorFile file = Npz.open(output)) {
            return file.floats("latents");
        }
    }

    /** Scores pictures against what a run of a folder kept out of training; its {@link #scores} lie in the folder. */
    static Outcome evaluate(Path folder, String run, Path samples, String... more) {
        List<Object> arguments = new ArrayList<>(List.of(
                "evaluate",
                "--reference",
                "run:" + folder.resolve("runs").resolve(run),
                "--samples",
                samples,
                "--cache",
                folder.resolve("cache"),
                "--json",
                folder.resolve("scores.json")));
        arguments.addAll(List.of(more));
        return run(arguments.toArray());
    }

    /** What {@link #evaluate} wrote last. */
    static Evaluation scores(Path folder) throws IOException {
        return Evaluation.parse(Files.readString(folder.resolve("scores.json")));
    }

    /** Runs a command in this process. */
    static Outcome run(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Ppflow.create(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
        return new Outcome(code, out.toString(), err.toString());
    }

    /** Weights of a golden model. */
    static Path weights(String model) {
        return resource("/golden/model/" + model + "/weights.safetensors");
    }

    /** A file on the class path. */
    static Path resource(String name) {
        URL resource = CommandLineRun.class.getResource(name);
        try {
            return Path.of(Objects.requireNonNull(resource, name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
