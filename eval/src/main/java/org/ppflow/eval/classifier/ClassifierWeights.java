package org.ppflow.eval.classifier;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.weights.Safetensors;
import org.ppflow.nn.weights.TensorFile;
import org.ppflow.nn.weights.TensorSource;

/**
 * A trained classifier on the heap, about 0.4 MB.
 *
 * @param description what it was trained on and how
 * @param tensors its weights by name
 */
public record ClassifierWeights(ClassifierDescription description, Map<String, FloatArray> tensors) {
    private static final String METADATA_KEY = "ppflow_classifier";

    public ClassifierWeights {
        tensors = Collections.unmodifiableMap(new TreeMap<>(tensors));
    }

    /** Writes a safetensors file, complete or not at all. */
    public void save(Path file) throws IOException {
        List<TensorSource> sources = tensors.entrySet().stream()
                .map(tensor -> TensorSource.floats(tensor.getKey(), tensor.getValue()))
                .toList();
        Safetensors.write(file, Map.of(METADATA_KEY, description.toJson(), "format", "pt"), sources);
    }

    /** Reads what {@link #save} wrote. Shapes are checked when a network is made of it. */
    public static ClassifierWeights load(Path file) throws IOException {
        try (TensorFile tensors = Safetensors.open(file)) {
            String json = tensors.metadata().get(METADATA_KEY);
            if (json == null) {
                throw BadInputException.at(file.toString())
                        .found("no " + METADATA_KEY + " in its metadata")
                        .expected("a classifier trained by this toolkit")
                        .build();
            }
            Map<String, FloatArray> values = new TreeMap<>();
            for (String name : tensors.names()) {
                values.put(name, tensors.floats(name));
            }
            return new ClassifierWeights(ClassifierDescription.parse(json, file + ": " + METADATA_KEY), values);
        }
    }

    /** SHA-256 over names, shapes and values. */
    public String contentHash() {
        MessageDigest digest = Sha256.digest();
        digest.update((description.version() + " " + description.format()).getBytes(StandardCharsets.UTF_8));
        tensors.forEach((name, tensor) -> {
            digest.update((name + tensor).getBytes(StandardCharsets.UTF_8));
            ByteBuffer bytes =
                    ByteBuffer.allocate(Float.BYTES * tensor.values().length).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(tensor.values());
            digest.update(bytes.array());
        });
        return Sha256.hex(digest.digest());
    }
}
