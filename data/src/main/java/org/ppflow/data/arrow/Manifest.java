package org.ppflow.data.arrow;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.AtomicFiles;
import tools.jackson.core.JacksonException;

/**
 * {@code manifest.json}: what a finished data set holds. It is written last, so a folder with a manifest is complete. No times
 * and no machine in it: the same pictures give the same bytes.
 *
 * @param formatVersion {@value #VERSION}
 * @param description what all shards have in common
 * @param rows over all shards
 * @param statistics per stored channel over all rows; over both mirrors where both are stored
 * @param shards in the order of rows
 * @param skipped pictures that could not be decoded and have no row
 */
public record Manifest(
        int formatVersion,
        DatasetDescription description,
        long rows,
        List<ChannelStatistics> statistics,
        List<ShardEntry> shards,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<SkippedPicture> skipped) {
    /** Version of the format. */
    public static final int VERSION = 1;

    /** Name of the file. */
    public static final String FILE = "manifest.json";

    public Manifest {
        Objects.requireNonNull(description);
        statistics = List.copyOf(statistics);
        shards = List.copyOf(shards);
        skipped = skipped == null ? List.of() : List.copyOf(skipped); // absent in a file where there are none
        if (formatVersion != VERSION) {
            throw new IllegalArgumentException("format version " + formatVersion + ", this toolkit reads " + VERSION);
        }
        long sum = shards.stream().mapToLong(ShardEntry::rows).sum();
        if (rows != sum || rows < 1) {
            throw new IllegalArgumentException(rows + " rows, but the shards have " + sum);
        }
        if (statistics.size() != description.storedShape().channels()) {
            throw new IllegalArgumentException(
                    "statistics of " + statistics.size() + " channels for rows of " + description.storedShape());
        }
    }

    /** Without a skipped picture. */
    public Manifest(DatasetDescription description, List<ChannelStatistics> statistics, List<ShardEntry> shards) {
        this(VERSION, description, shards.stream().mapToLong(ShardEntry::rows).sum(), statistics, shards, List.of());
    }

    /** Reads the manifest of a data set's folder. */
    public static Manifest read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw BadInputException.at(folder.toString())
                    .found("no " + FILE)
                    .expected("a finished data set")
                    .advice("encode it, or run the interrupted encode again to finish it")
                    .build();
        }
        try {
            return Json.MAPPER.readValue(Files.readString(file), Manifest.class);
        } catch (JacksonException e) {
            throw BadInputException.at(file.toString())
                    .found(e.getOriginalMessage())
                    .expected("the manifest of a data set, format version " + VERSION)
                    .cause(e)
                    .build();
        }
    }

    /** The file's text; it depends on the values alone. */
    public String toJson() {
        return Json.pretty(this);
    }

    /** Writes the manifest into a data set's folder. */
    public void write(Path folder) throws IOException {
        AtomicFiles.writeText(folder.resolve(FILE), toJson());
    }
}
