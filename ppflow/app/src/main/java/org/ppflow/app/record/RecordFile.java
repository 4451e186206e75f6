package org.ppflow.app.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.Sha256;

/** A record on disk, sealed as {@link SealedJson} says. */
public final class RecordFile {
    /** What every record's name ends in. */
    public static final String SUFFIX = ".record.json";

    private static final SealedJson<ExperimentRecord> JSON =
            new SealedJson<>("ppflow-record-1", ExperimentRecord.class, "the experiment", List.of("codes"));

    private RecordFile() {}

    /** Writes a record into a folder, whole or not at all. */
    public static Path write(Path folder, ExperimentRecord record) throws IOException {
        Path file = folder.resolve(record.fileName() + SUFFIX);
        JSON.write(file, record);
        return file;
    }

    /**
     * Reads a record.
     *
     * @throws BadInputException if a byte of it, or of its pictures, is not as it was written
     */
    public static ExperimentRecord read(Path file) throws IOException {
        ExperimentRecord record = JSON.read(file);
        requirePictures(file, record);
        return record;
    }

    private static void requirePictures(Path file, ExperimentRecord record) throws IOException {
        ExperimentRecord.Pictures pictures = record.pictures();
        if (pictures == null) {
            return;
        }
        Path grid = file.resolveSibling(pictures.file());
        if (Files.exists(grid) && !Sha256.of(grid).equals(pictures.sha256())) {
            throw JSON.refused(
                    grid,
                    "found other bytes than its record's",
                    pictures.sha256().substring(0, 12) + "…, as " + file + " says");
        }
    }
}
