package org.ppflow.app.command.weights;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.command.SubCommand;
import org.ppflow.app.console.JsonOutput;
import org.ppflow.flow.model.IdentifiedModel;
import org.ppflow.flow.model.ModelIdentification;
import org.ppflow.flow.model.ModelWeights;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.weights.TensorFile;
import org.ppflow.nn.weights.TensorFiles;
import org.ppflow.nn.weights.TensorInfo;
import org.ppflow.nn.weights.TorchFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code ppflow weights inspect FILE}. */
@Command(
        name = "inspect",
        description =
                "List names, types, shapes and parameters of a file of weights, and the network that they are of.",
        footer = {"", "Example: ppflow weights inspect checkpoint.pt --which model --json -"})
public final class InspectCommand implements SubCommand {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "Weights: .safetensors, its .index.json, .pt or .npz.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path file;

    @Option(names = "--which", paramLabel = "PART", description = "Part of a training checkpoint (default: ema).")
    private @Nullable String which;

    @Option(names = "--config", paramLabel = "FILE", description = "JSON with heads and schedule.")
    private @Nullable Path config;

    @Option(names = "--json", paramLabel = "FILE|-", description = "Write the list as JSON.")
    private @Nullable String json;

    @Override
    public Integer call() throws IOException {
        JsonOutput.requireWritable(json);
        PrintWriter out = spec.commandLine().getOut();
        try (TensorFile tensors = TensorFiles.open(file, Optional.ofNullable(which))) {
            ObjectNode root = describe(tensors);
            if (!"-".equals(json)) {
                print(tensors, root, out);
            }
            JsonOutput.write(json, root, out);
        }
        return ExitCode.DONE;
    }

    private ObjectNode describe(TensorFile tensors) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("file", file.toString());
        if (tensors instanceof TorchFile torch) {
            ArrayNode parts = root.putArray("parts");
            torch.parts().forEach(parts::add);
            torch.part().ifPresent(part -> root.put("part", part));
        }
        long values = 0;
        ArrayNode list = root.putArray("tensors");
        for (String name : tensors.names()) {
            TensorInfo info = tensors.info(name);
            ObjectNode entry = list.addObject();
            entry.put("name", name).put("type", info.type().name());
            ArrayNode shape = entry.putArray("shape");
            Arrays.stream(info.shape()).forEach(shape::add);
            values += info.size();
        }
        root.put("values", values).put("parameters", ModelWeights.parameters(tensors));
        ObjectNode metadata = root.putObject("metadata");
        for (Map.Entry<String, String> entry : tensors.metadata().entrySet()) {
            metadata.put(entry.getKey(), entry.getValue());
        }
        try {
            IdentifiedModel model =
                    ModelIdentification.identify(tensors, Optional.ofNullable(config), Optional.empty());
            root.set("model", JSON.readTree(model.description().toJson()));
            root.put("model_from", model.origin());
        } catch (BadInputException e) {
            if (config != null) {
                throw e;
            }
            root.put("model_unknown", e.getMessage());
        }
        return root;
    }

    private static void print(TensorFile tensors, ObjectNode root, PrintWriter out) throws IOException {
        int width = tensors.names().stream().mapToInt(String::length).max().orElse(0);
        for (String name : tensors.names()) {
            TensorInfo info = tensors.info(name);
            out.printf(
                    Locale.ROOT,
                    "%-" + Math.max(1, width) + "s  %-4s  %s%n",
                    name,
                    info.type(),
                    Arrays.toString(info.shape()));
        }
        out.printf(
                Locale.ROOT,
                "%n%,d tensors, %,d values, of which %,d are parameters (the rest: position tables)%n",
                tensors.names().size(),
                root.path("values").asLong(),
                root.path("parameters").asLong());
        List<String> parts =
                root.path("parts").valueStream().map(node -> node.asString()).toList();
        if (!parts.isEmpty()) {
            out.println("parts of the checkpoint: " + String.join(", ", parts) + "; shown: "
                    + root.path("part").asString());
        }
        root.path("metadata").properties().stream()
                .filter(entry -> entry.getKey().startsWith("args."))
                .forEach(entry ->
                        out.println(entry.getKey() + ": " + entry.getValue().asString()));
        out.println(
                root.has("model")
                        ? "model, known from " + root.path("model_from").asString() + ": " + root.path("model")
                        : "model not known: " + root.path("model_unknown").asString());
        out.flush();
    }
}
