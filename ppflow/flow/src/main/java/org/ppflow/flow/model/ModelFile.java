package org.ppflow.flow.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.AtomicFiles;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.Safetensors;
import org.ppflow.nn.weights.TensorSource;
import org.ppflow.nn.weights.TensorType;
import org.ppflow.nn.weights.Torch;

/**
 * Writes weights in the format that a file's name asks for: {@code .safetensors}, {@code .pt} (a plain state dict that
 * {@code torch.load(weights_only=True)} reads) or {@code .npz}. What tensors do not say goes into safetensors metadata, and for the
 * others into {@code NAME.config.json} beside them, where {@link ModelIdentification} finds it. The file appears complete or
 * not at all; one tensor at a time is in memory.
 */
public final class ModelFile {
    private ModelFile() {}

    /**
     * Refuses a name of another format before any work is done.
     *
     * @throws BadInputException naming the formats
     */
    public static void requireFormat(Path file) {
        String name = file.getFileName().toString();
        if (!name.endsWith(".safetensors") && !name.endsWith(".pt") && !name.endsWith(".npz")) {
            throw BadInputException.at(file.toString())
                    .found("a name without a known suffix")
                    .expected(".safetensors, .pt or .npz")
                    .build();
        }
    }

    /**
     * Writes.
     *
     * @param description the network; empty where it is not known
     * @param tensors each name once
     * @throws BadInputException if the format has no such type of elements
     */
    public static void write(Path file, Optional<ModelDescription> description, List<TensorSource> tensors)
            throws IOException {
        requireFormat(file);
        String name = file.getFileName().toString();
        if (name.endsWith(".safetensors")) {
            Map<String, String> metadata =
                    description.map(ModelWeights::metadata).orElse(Map.of("format", "pt"));
            Safetensors.write(file, metadata, tensors);
            return;
        }
        if (description.isPresent()) {
            AtomicFiles.writeText(
                    ModelIdentification.configBeside(file), description.get().toJson() + "\n");
        }
        if (name.endsWith(".pt")) {
            Torch.write(file, tensors);
            return;
        }
        for (TensorSource tensor : tensors) {
            if (tensor.info().type() == TensorType.BF16) {
                throw BadInputException.at(file.toString())
                        .found(tensor.info().toString())
                        .expected("types that NumPy has")
                        .advice("convert with --type f32, or to .safetensors")
                        .build();
            }
        }
        Npz.write(file, Npz.Compression.STORED, tensors);
    }
}
