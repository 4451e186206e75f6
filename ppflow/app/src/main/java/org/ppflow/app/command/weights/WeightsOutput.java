package org.ppflow.app.command.weights;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ppflow.app.console.OutputPlace;
import org.ppflow.flow.model.ModelDescription;
import org.ppflow.flow.model.ModelFile;
import org.ppflow.flow.model.ModelIdentification;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.weights.TensorSource;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
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
        JsonMapper json = JsonMapper.shared();
        boolean same;
        try {
            same = json.readTree(Files.readString(config)).equals(json.readTree(description.toJson()));
        } catch (JacksonException | MalformedInputException e) {
            same = false; // whatever it is
        }
        if (!same) {
            throw BadInputException.at("OUT " + file)
                    .found(config + " beside it, which does not describe this network")
                    .expected("a name whose config.json is free, or of this network")
                    .advice(
                            file.toString().endsWith(".safetensors")
                                    ? "choose another name, or move " + config.getFileName() + " away"
                                    : "choose another name, or give --overwrite to replace " + config.getFileName())
                    .build();
        }
    }
}
