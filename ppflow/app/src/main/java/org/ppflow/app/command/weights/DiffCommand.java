package org.ppflow.app.command.weights;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.command.SubCommand;
import org.ppflow.app.console.JsonOutput;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.weights.TensorComparison;
import org.ppflow.nn.weights.TensorFile;
import org.ppflow.nn.weights.TensorFiles;
import org.ppflow.nn.weights.TorchFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code ppflow weights diff A B}. */
@Command(
        name = "diff",
        description = "Compare two files of weights tensor by tensor. Ends with 1 where they differ.",
        footer = {"", "Example: ppflow weights diff before.pt after.safetensors --tolerance 1e-6"})
public final class DiffCommand implements SubCommand {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "A", description = "Weights.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path first;

    @Parameters(index = "1", paramLabel = "B", description = "Weights, of the same or another format.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path second;

    @Option(names = "--which", paramLabel = "PART", description = "Part of training checkpoints (default: ema).")
    private @Nullable String which;

    @Option(
            names = "--tolerance",
            paramLabel = "X",
            defaultValue = "0",
            description = "Largest difference of two elements that still counts as equal (default: ${DEFAULT-VALUE}).")
    private double tolerance;

    @Option(names = "--json", paramLabel = "FILE|-", description = "Write the comparison as JSON.")
    private @Nullable String json;

    @Override
    public Integer call() throws IOException {
        JsonOutput.requireWritable(json);
        if (!(tolerance >= 0 && tolerance < Double.POSITIVE_INFINITY)) {
            throw BadInputException.at("--tolerance " + tolerance)
                    .found("no size of a difference")
                    .expected("a number of 0 or above, such as 1e-6")
                    .build();
        }
        List<TensorComparison> all;
        try (TensorFile a = open(first);
                TensorFile b = open(second)) {
            if (which != null && !(a instanceof TorchFile) && !(b instanceof TorchFile)) {
                throw BadInputException.at("--which " + which)
                        .found("two files without parts")
                        .expected("a PyTorch training checkpoint among them")
                        .advice("leave --which out")
                        .build();
            }
            all = TensorComparison.of(a, b);
        }
        PrintWriter out = spec.commandLine().getOut();
        List<TensorComparison> different =
                all.stream().filter(one -> !one.isWithin(tolerance)).toList();
        if (!"-".equals(json)) {
            different.forEach(one -> out.println(line(one)));
            out.println(
                    different.isEmpty()
                            ? "equal: " + all.size() + " tensors" + (tolerance > 0 ? ", each within " + tolerance : "")
                            : different.size() + " of " + all.size() + " tensors differ");
            out.flush();
        }
        JsonOutput.write(json, toJson(all), out);
        return different.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    /** A part is asked for only of files that have parts: a checkpoint may be compared with a plain file. */
    private TensorFile open(Path file) throws IOException {
        if (which == null) {
            return TensorFiles.open(file);
        }
        return file.toString().endsWith(".pt") ? TensorFiles.open(file, Optional.of(which)) : TensorFiles.open(file);
    }

    private static String line(TensorComparison one) {
        return switch (one.kind()) {
            case MISSING -> "only in A  " + one.detail();
            case EXTRA -> "only in B  " + one.detail();
            case SHAPE -> "shape      " + one.name() + ": " + one.detail();
            case COMPARED ->
                String.format(
                        Locale.ROOT,
                        "differs    %s: by up to %.3g, values up to %.3g%s",
                        one.name(),
                        one.largestDifference(),
                        one.largestValue(),
                        one.detail().isEmpty() ? "" : " (" + one.detail() + ")");
        };
    }

    private static ObjectNode toJson(List<TensorComparison> all) {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode list = root.putArray("tensors");
        for (TensorComparison one : all) {
            list.addObject()
                    .put("name", one.name())
                    .put("kind", one.kind().name().toLowerCase(Locale.ROOT))
                    .put("detail", one.detail())
                    .put("largest_difference", one.largestDifference())
                    .put("largest_value", one.largestValue());
        }
        return root;
    }
}
