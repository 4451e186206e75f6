package org.ppflow.data.autoencoder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.errors.Nearest;
import org.ppflow.nn.weights.TensorFile;
import org.ppflow.nn.weights.TensorFiles;

/** The weights in a folder of diffusers, under new or old names of the attentions. */
final class AutoencoderFile {
    private static final String NAME = "diffusion_pytorch_model";

    private AutoencoderFile() {}

    /** The file of weights in a folder. */
    static Path find(Path folder) {
        for (String suffix : List.of(".safetensors", ".bin")) {
            Path file = folder.resolve(NAME + suffix);
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        throw BadInputException.at(folder.toString())
                .found("no weights")
                .expected(NAME + ".safetensors or " + NAME + ".bin")
                .build();
    }

    /** Opens it and checks that it holds exactly the tensors of the config. */
    static TensorFile open(Path folder, AutoencoderConfig config) throws IOException {
        TensorFile file = TensorFiles.open(find(folder));
        try {
            check(file, config);
            return file;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static void check(TensorFile file, AutoencoderConfig config) throws IOException {
        List<String> faults = new ArrayList<>();
        TreeSet<String> unknown = new TreeSet<>(file.names());
        TreeSet<String> missing = new TreeSet<>();
        for (Map.Entry<String, int[]> tensor : AutoencoderTensors.of(config).entrySet()) {
            String name = stored(file, tensor.getKey());
            if (!unknown.remove(name)) {
                missing.add(tensor.getKey());
            } else if (!Arrays.equals(squeezed(file.info(name).shape()), squeezed(tensor.getValue()))) {
                faults.add(file.info(name) + " where " + Arrays.toString(tensor.getValue()) + " belongs");
            }
        }
        missing.forEach(name -> faults.add("missing " + name));
        for (String name : unknown) {
            faults.add("unknown " + name
                    + Nearest.to(name, missing)
                            .map(near -> " (meant as " + near + "?)")
                            .orElse(""));
        }
        if (!faults.isEmpty()) {
            throw BadInputException.at(file.path().toString())
                    .found(faults.size() + " tensors that do not fit: " + String.join("; ", faults))
                    .expected("the tensors of " + AutoencoderConfig.FILE)
                    .advice("check that config and weights belong together")
                    .build();
        }
    }

    private static String stored(TensorFile file, String name) {
        return file.contains(name) ? name : AutoencoderTensors.legacy(name);
    }

    /** A matrix may be stored as a 1×1 kernel. */
    private static int[] squeezed(int... shape) {
        return shape.length == 4 && shape[2] == 1 && shape[3] == 1 ? new int[] {shape[0], shape[1]} : shape;
    }

    /** A tensor by its new name, in the shape that the state dict should have. */
    static FloatArray floats(TensorFile file, String name, int... shape) throws IOException {
        FloatArray values = file.floats(stored(file, name));
        for (int i = 0; i < values.values().length; i++) {
            if (!Float.isFinite(values.values()[i])) {
                throw BadInputException.at(file.path() + ": " + name)
                        .found("value " + values.values()[i] + " at place " + i)
                        .expected("numbers")
                        .build();
            }
        }
        return values.reshaped(shape);
    }
}
