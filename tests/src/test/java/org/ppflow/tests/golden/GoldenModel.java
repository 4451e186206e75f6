package org.ppflow.tests.golden;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.ppflow.flow.model.ModelDescription;
import org.ppflow.flow.model.ModelIdentification;
import org.ppflow.flow.sampling.SamplingGraph;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.session.SessionOptions;
import org.ppflow.nn.weights.TensorFile;
import org.ppflow.nn.weights.TensorFiles;

/** Networks of the golden folder, opened as the product opens them. */
final class GoldenModel {
    private GoldenModel() {}

    /** The weights of a name in a folder, safetensors before PyTorch; empty if there are none. */
    static Optional<Path> weights(Path folder, String name) {
        return Stream.of(".safetensors", ".pt")
                .map(suffix -> folder.resolve(name + suffix))
                .filter(Files::exists)
                .findFirst();
    }

    static ModelDescription description(Path weights) throws IOException {
        try (TensorFile file = TensorFiles.open(weights)) {
            return ModelIdentification.identify(file, Optional.empty(), Optional.empty())
                    .description();
        }
    }

    static SamplingGraph open(Path weights) throws IOException {
        return open(weights, Optional.empty());
    }

    static SamplingGraph open(Path weights, Optional<String> which) throws IOException {
        try (TensorFile file = TensorFiles.open(weights, which)) {
            ModelDescription description = ModelIdentification.identify(file, Optional.empty(), Optional.empty())
                    .description();
            return SamplingGraph.open(file, description, SessionOptions.DEFAULT);
        }
    }

    static int[] ints(long... values) {
        return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
    }

    static float[] repeated(float value, int times) {
        float[] all = new float[times];
        Arrays.fill(all, value);
        return all;
    }

    /** Row {@code index} of the first axis, without that axis. */
    static FloatArray at(FloatArray all, int index) {
        return all.slice(index, index + 1).reshaped(Arrays.copyOfRange(all.shape(), 1, all.shape().length));
    }
}
