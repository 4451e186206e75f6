package org.ppflow.data.latents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.AtomicFiles;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code manifest.json} of a data set, written when all shards are: what is in it, and the authority on shift and scale, which are
 * known only then.
 *
 * @param formatVersion 1
 * @param options what the rows were made with
 * @param rows in all shards
 * @param shards in order
 * @param statistics over all rows
 * @param scaling how latents enter the model
 */
public record Manifest(
        int formatVersion,
        EncodeOptions options,
        long rows,
        List<Shard> shards,
        ChannelStatistics statistics,
        LatentScaling scaling) {
    static final String FILE = "manifest.json";
    static final int VERSION = 1;
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /**
     * One file.
     *
     * @param file name
     * @param rows in it
     * @param sha256 of its bytes
     */
    public record Shard(String file, int rows, String sha256) {
        public Shard {
            if (!file.matches("[A-Za-z0-9._-]+")) {
                throw new IllegalArgumentException("file: '" + file + "' must be a plain name");
            }
        }
    }

    public Manifest {
        if (formatVersion != VERSION) {
            throw new IllegalArgumentException("format_version: " + formatVersion + " is not " + VERSION);
        }
        shards = List.copyOf(shards);
        long sum = shards.stream().mapToLong(Shard::rows).sum();
        if (sum != rows) {
            throw new IllegalArgumentException("rows: " + rows + ", but the shards have " + sum);
        }
    }

    static Manifest read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            throw BadInputException.at(folder.toString())
                    .found(Files.isDirectory(folder) ? "no " + FILE : "no such folder")
                    .expected("a finished data set")
                    .advice("encode it again; what is there is kept")
                    .build();
        }
        try {
            return JSON.readValue(Files.readString(file), Manifest.class);
        } catch (JacksonException e) {
            throw BadInputException.at(file.toString())
                    .found("content that does not hold: " + e.getOriginalMessage())
                    .expected("the manifest of a data set")
                    .cause(e)
                    .build();
        }
    }

    void write(Path folder) throws IOException {
        AtomicFiles.writeText(folder.resolve(FILE), JSON.writeValueAsString(this) + "\n");
    }
}
