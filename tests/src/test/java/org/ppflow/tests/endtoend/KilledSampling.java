package org.ppflow.tests.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.TensorFile;
import org.ppflow.nn.weights.TensorSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a kill leaves of a sampling of {@link CommandLineRun#sample} in batches of 4. */
final class KilledSampling {
    private KilledSampling() {}

    /**
     * Takes a finished sampling back to its first batch.
     *
     * @return the folder of its parts
     */
    static Path afterItsFirstBatch(Path output) throws IOException {
        Path parts = Files.createDirectories(output.resolveSibling(output.getFileName() + ".parts"));
        String settings = settings(output).toString();
        Files.writeString(parts.resolve("settings.json"), settings);
        long owner = Long.parseLong(Sha256.of(settings).substring(0, 15), 16);
        try (TensorFile done = Npz.open(output)) {
            Npz.write(
                    parts.resolve("batch-00000000.npz"),
                    Npz.Compression.STORED,
                    List.of(
                            TensorSource.floats("values", done.floats("latents").slice(0, 4)),
                            TensorSource.longs("labels", new int[] {4}, Arrays.copyOf(done.longs("y"), 4)),
                            TensorSource.longs("owner", new int[] {1}, owner),
                            TensorSource.doubles("counts", new int[] {6}, 4, 1, 12, 12, 0, 0)));
        }
        Files.delete(output);
        return parts;
    }

    static JsonNode settings(Path output) throws IOException {
        return record(output).get("settings");
    }

    static JsonNode record(Path output) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(recordOf(output)));
    }

    static Path recordOf(Path output) {
        return output.resolveSibling(output.getFileName() + ".sampling.json");
    }
}
