package org.ppflow.app.command.weights;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.command.SubCommand;
import org.ppflow.flow.model.ModelDescription;
import org.ppflow.flow.model.ModelIdentification;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.weights.TensorFile;
import org.ppflow.nn.weights.TensorFiles;
import org.ppflow.nn.weights.TensorSource;
import org.ppflow.nn.weights.TensorType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ppflow weights convert IN OUT}. */
@Command(
        name = "convert",
        description = "Write weights in another format, bit for bit where the type stays; the suffix of OUT says which:"
                + " .safetensors, .pt, .npz. Beside .pt and .npz it puts NAME.config.json.",
        footer = {"", "Example: ppflow weights convert checkpoint.pt model.safetensors --which ema --type bf16"})
public final class ConvertCommand implements SubCommand {
    /** Element types to convert to. */
    enum Type {
        F32,
        F16,
        BF16
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "IN", description = "Weights: .safetensors, its .index.json, .pt or .npz.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path input;

    @Parameters(index = "1", paramLabel = "OUT", description = "New file: .safetensors, .pt or .npz.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path output;

    @Mixin
    private WeightsOutput weights = new WeightsOutput();

    @Option(names = "--which", paramLabel = "PART", description = "Part of a training checkpoint (default: ema).")
    private @Nullable String which;

    @Option(names = "--config", paramLabel = "FILE", description = "JSON with heads and schedule.")
    private @Nullable Path config;

    @Option(
            names = "--type",
            paramLabel = "f32|f16|bf16",
            description = "Type of floating-point tensors (default: as they are).")
    private @Nullable Type type;

    @Override
    public Integer call() throws IOException {
        weights.require(output);
        try (TensorFile tensors = TensorFiles.open(input, Optional.ofNullable(which))) {
            weights.write(output, description(tensors), sources(tensors));
        }
        spec.commandLine().getErr().println(output + " written");
        return ExitCode.DONE;
    }

    private List<TensorSource> sources(TensorFile tensors) throws IOException {
        List<TensorSource> sources = new ArrayList<>();
        for (String name : tensors.names()) {
            TensorType stored = tensors.info(name).type();
            TensorType wanted = type != null && stored.isFloating() ? TensorType.valueOf(type.name()) : stored;
            sources.add(
                    wanted == stored ? TensorSource.copy(tensors, name) : TensorSource.convert(tensors, name, wanted));
        }
        return sources;
    }

    private Optional<ModelDescription> description(TensorFile tensors) throws IOException {
        try {
            return Optional.of(ModelIdentification.identify(tensors, Optional.ofNullable(config), Optional.empty())
                    .description());
        } catch (BadInputException e) {
            if (config != null) {
                throw e;
            }
            spec.commandLine().getErr().println("the network is not known, so it is not written: " + e.getMessage());
            return Optional.empty();
        }
    }
}
