package org.ppflow.app.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.ppflow.app.load.OtherLoad;
import org.ppflow.app.run.KeyDifference;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.AtomicFiles;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.provenance.Code;
import org.ppflow.nn.provenance.WorkCodes;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.TensorFile;
import org.ppflow.nn.weights.TensorInfo;
import org.ppflow.nn.weights.TensorSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finished batches of an unfinished sampling, a file each, beside the output. They belong to one set of settings: another sampling
 * does not go on from them.
 *
 * @param folder where they lie
 * @param settings of the sampling, as JSON
 */
record SampleParts(Path folder, String settings) {
    /** Name of the array with what was drawn, pixels or latents, [n, …]. */
    static final String VALUES = "values";

    private static final String LABELS = "labels";
    private static final String COUNTS = "counts";

    /** Absent in parts of versions that did not watch. */
    private static final String OTHERS = "other_load";

    private static final String OWNER = "owner";
    private static final String SETTINGS = "settings.json";
    private static final String CODES = "codes.json";
    private static final String BATCH = "batch-";

    /**
     * One batch.
     *
     * @param labels class of each row
     * @param counts evaluations over all rows, {@link SampleCounts#toArray}
     * @param otherLoad what other programs took while it was drawn
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Part(long[] labels, double[] counts, OtherLoad otherLoad) {}

    /**
     * Starts, or goes on.
     *
     * @throws BadInputException if there are parts of another sampling
     */
    void open(boolean overwrite) throws IOException {
        Path file = folder.resolve(SETTINGS);
        if (Files.exists(folder)) {
            if (areThere()) {
                return;
            }
            if (!isOurs()) {
                throw BadInputException.at(folder.toString())
                        .found("something that no sampling made")
                        .expected("a free name for unfinished batches")
                        .advice("choose another --output")
                        .build();
            }
            // Without settings that can be read nobody can say what the batches are of.
            if (!overwrite && readable(file)) {
                throw BadInputException.at(folder.toString())
                        .found("finished batches of another sampling, as its " + SETTINGS + " says ("
                                + String.join(
                                        "; ",
                                        KeyDifference.between(
                                                json(file), JsonMapper.shared().readTree(settings), Set.of()))
                                + ")")
                        .expected("none, or those of this one")
                        .advice(
                                "choose another --output, finish that one with its own options, or give --overwrite to drop it")
                        .build();
            }
            AtomicFiles.deleteRecursively(folder);
        }
        Files.createDirectories(folder);
        AtomicFiles.writeText(file, settings);
    }

    /** Whether a sampling of these settings began here and has not ended. */
    boolean areThere() throws IOException {
        Path file = folder.resolve(SETTINGS);
        return readable(file) && Files.readString(file).equals(settings);
    }

    /** Notes the code that draws from now on, beside that of the batches which are there, and tells all of them. */
    SampleCodes drawnBy(Code code) throws IOException {
        Path file = folder.resolve(CODES);
        String owner = Sha256.of(settings);
        WorkCodes none = WorkCodes.none(owner);
        WorkCodes before = anyBatch() ? WorkCodes.read(file, owner).orElse(none) : none;
        WorkCodes codes = before.and(code);
        codes.write(file);
        return new SampleCodes(codes.codes());
    }

    private boolean anyBatch() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> String.valueOf(file.getFileName()).startsWith(BATCH));
        }
    }

    private boolean isOurs() throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .allMatch(name -> name.startsWith(BATCH)
                            || name.startsWith(SETTINGS)
                            || name.startsWith(CODES)
                            || name.equals(".lock"));
        }
    }

    private static JsonNode json(Path settings) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(settings));
    }

    private static boolean readable(Path settings) {
        try {
            return Files.isRegularFile(settings) && json(settings).isObject();
        } catch (IOException | JacksonException e) {
            return false;
        }
    }

    /** A batch that is there and whole; a damaged one counts as missing. */
    Optional<Part> read(long batch) throws IOException {
        Path file = file(batch);
        if (!Files.isRegularFile(file)) {
            AtomicFiles.deleteRecursively(file);
            return Optional.empty();
        }
        try (TensorFile part = Npz.open(file)) {
            if (part.longs(OWNER)[0] != owner()) {
                return Optional.empty();
            }
            part.stream(VALUES).transferTo(java.io.OutputStream.nullOutputStream());
            return Optional.of(new Part(part.longs(LABELS), part.doubles(COUNTS), otherLoad(part)));
        } catch (BadInputException e) {
            return Optional.empty();
        }
    }

    private static OtherLoad otherLoad(TensorFile part) throws IOException {
        if (!part.contains(OTHERS)) {
            return OtherLoad.NONE;
        }
        double[] values = part.doubles(OTHERS);
        return new OtherLoad(values[0], values[1]);
    }

    void write(long batch, TensorSource values, Part part) throws IOException {
        Npz.write(
                file(batch),
                Npz.Compression.STORED,
                List.of(
                        values,
                        TensorSource.longs(OWNER, new int[] {1}, new long[] {owner()}),
                        TensorSource.longs(LABELS, new int[] {part.labels().length}, part.labels()),
                        TensorSource.doubles(COUNTS, new int[] {part.counts().length}, part.counts()),
                        TensorSource.doubles(OTHERS, new int[] {2}, new double[] {
                            part.otherLoad().seconds(), part.otherLoad().taken()
                        })));
    }

    /** Type and shape of one batch's values. */
    TensorInfo info(long batch) throws IOException {
        try (TensorFile part = Npz.open(file(batch))) {
            return part.info(VALUES);
        }
    }

    /** A batch's values; the caller closes the file. */
    TensorFile openBatch(long batch) throws IOException {
        return Npz.open(file(batch));
    }

    /** The output is written: the parts may go. */
    void done() throws IOException {
        Files.deleteIfExists(folder.resolve(SETTINGS));
    }

    /** Removes everything, if the output is written. */
    void removeIfDone() throws IOException {
        if (Files.isDirectory(folder) && !Files.exists(folder.resolve(SETTINGS))) {
            AtomicFiles.deleteRecursively(folder);
        }
    }

    /** What each part knows its sampling by: the first 60 bits of the settings' hash. */
    private long owner() {
        return Long.parseLong(Sha256.of(settings).substring(0, 15), 16);
    }

    private Path file(long batch) {
        return folder.resolve(String.format(Locale.ROOT, BATCH + "%08d.npz", batch));
    }
}
