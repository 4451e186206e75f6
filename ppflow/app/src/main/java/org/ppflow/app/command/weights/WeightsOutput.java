package org.ppflow.app.command.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ppflow.app.console.OutputPlace;
import org.ppflow.flow.model.ModelDescription;
import org.ppflow.flow.model.ModelFile;
import org.ppflow.flow.model.ModelIdentification;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.weights.TensorSource;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whether the weights that a command makes may replace others; a picocli mixin beside its own OUT. What is there is never replaced unasked. */
final class WeightsOutput {
    @Option(
            names = "--overwrite",
            description = "Replace OUT, and NAME.config.json beside it, where they are there already.")
    private boolean overwrite;

    /**
     * Checks, before any work, that weights can be written there.
     *
     * @throws BadInputException if the name is of no format, or a file is there and may not be replaced
     */
    void require(Path file) {
        ModelFile.requireFormat(file);
        OutputPlace.requireFreeFile("OUT", file, overwrite);
    }

    /**
     * Writes them, complete or not at all.
     *
     * @param description the network; empty where it is not known
     * @throws BadInputException if the format has no such type of elements, or what stands beside the file is of another network and may not be replaced
     */
    void write(Path file, Optional<ModelDescription> description, List<TensorSource> tensors) throws IOException {
        // A safetensors file says itself what it is, and replaces no config: one that says otherwise would be read as
        // its own.
        boolean replaces = overwrite && !file.toString().endsWith(".safetensors");
        if (description.isPresent() && !replaces) {
            requireSame(file, ModelIdentification.configBeside(file), description.get());
        }
        ModelFile.write(file, description, tensors);
    }

    /** The weights of another format with the same name have this file too. */
    private static void requireSame(Path file, Path config, ModelDescription description) throws IOException {
        if (!Files.exists(config)) {
            return;
        }
        Optional<String> otherwise = otherwise(Files.readAllBytes(config), description);
        if (otherwise.isPresent()) {
            throw BadInputException.at("OUT " + file)
                    .found(config + " beside it, which does not describe this network: it " + otherwise.get())
                    .expected("a name whose config.json is free, or of this network")
                    .advice(
                            file.toString().endsWith(".safetensors")
                                    ? "choose another name, or move " + config.getFileName() + " away"
                                    : "choose another name, or give --overwrite to replace " + config.getFileName())
                    .build();
        }
    }

    /** What a config says that is not so; empty where all of it is, which need not be everything. */
    private static Optional<String> otherwise(byte[] config, ModelDescription description) {
        JsonMapper json = JsonMapper.shared();
        JsonNode said;
        try {
            said = json.readTree(config);
        } catch (JacksonException e) {
            return Optional.of("is no JSON");
        }
        if (!said.isObject()) {
            return Optional.of("is no mapping");
        }
        JsonNode own = json.readTree(description.toJson());
        String differing = said.properties().stream()
                .filter(entry -> !entry.getValue().equals(own.get(entry.getKey())))
                .map(entry -> entry.getKey() + " " + entry.getValue()
                        + (own.has(entry.getKey()) ? ", not " + own.get(entry.getKey()) : ""))
                .sorted()
                .collect(Collectors.joining("; "));
        return differing.isEmpty() ? Optional.empty() : Optional.of("says " + differing);
    }
}
