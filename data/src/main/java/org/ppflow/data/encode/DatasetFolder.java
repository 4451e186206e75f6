package org.ppflow.data.encode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ppflow.data.arrow.DatasetDescription;
import org.ppflow.data.arrow.Manifest;
import org.ppflow.data.arrow.ShardEntry;
import org.ppflow.data.arrow.ShardFile;
import org.ppflow.data.arrow.ShardRange;
import org.ppflow.data.arrow.ShardWriter;
import org.ppflow.data.arrow.SkippedPicture;
import org.ppflow.data.arrow.StatisticsAccumulator;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.AtomicFiles;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.provenance.Code;
import org.ppflow.nn.provenance.WorkCodes;

/**
 * A data set's folder while it is made: shards first, in any order and on any machine, the manifest last, out of the shards alone. Its bytes are a
 * function of the rows, so killed, resumed and shared work ends in the same files. In memory: one record batch.
 */
public final class DatasetFolder {
    /** States of the code that wrote the shards; not in them, whose bytes are a function of the rows. */
    private static final String CODES = "codes.json";

    /** Every encode that may write here has the same inputs: others are refused. */
    private static final String INPUTS = "this folder";

    private static final Pattern SHARD = Pattern.compile("latents-(\\d{5})-of-(\\d{5})\\.arrow");

    private final Path folder;

    /** A folder that need not be there yet. */
    public DatasetFolder(Path folder) {
        this.folder = folder;
    }

    /** Writes the rows of a shard. */
    @FunctionalInterface
    public interface ShardRows {
        /**
         * Adds rows [from, to) to the writer, in order.
         *
         * @return those that have no row
         */
        List<SkippedPicture> write(long from, long to, ShardWriter writer) throws IOException;
    }

    /** Whether the data set is finished. */
    public boolean finished() {
        return Files.exists(folder.resolve(Manifest.FILE));
    }

    /** Number of shards for so many rows. */
    public static int shards(long size, int shardRows) {
        return Math.toIntExact((size + shardRows - 1) / shardRows);
    }

    /**
     * Notes the code that writes shards from now on, beside that of the shards which are there.
     *
     * @return all of them, in the order of work; without those of versions that noted none
     */
    public List<Code> writtenBy(Code code) throws IOException {
        WorkCodes codes = (shardFiles().isEmpty() ? WorkCodes.none(INPUTS) : noted()).and(code);
        codes.write(folder.resolve(CODES));
        return codes.codes();
    }

    /** Those that wrote the shards which are there; empty where nobody noted them. */
    public List<Code> codes() throws IOException {
        return noted().codes();
    }

    private WorkCodes noted() throws IOException {
        return WorkCodes.read(folder.resolve(CODES), INPUTS).orElse(WorkCodes.none(INPUTS));
    }

    /** Refuses shards that another encode has left. */
    public void rejectForeignShards(int shards) throws IOException {
        TreeSet<String> foreign = new TreeSet<>();
        for (Path file : shardFiles()) {
            Matcher name = SHARD.matcher(String.valueOf(file.getFileName()));
            if (name.matches()
                    && (Integer.parseInt(name.group(2)) != shards || Integer.parseInt(name.group(1)) >= shards)) {
                foreign.add(name.group());
            }
        }
        if (!foreign.isEmpty()) {
            throw foreign(folder, "shards of another encode " + foreign);
        }
    }

    /**
     * Writes one shard, or keeps it where it is already there.
     *
     * @param size rows of the whole selection
     */
    public void write(int shard, int shardRows, long size, DatasetDescription description, ShardRows rows)
            throws IOException {
        int shards = shards(size, shardRows);
        long from = (long) shard * shardRows;
        long to = Math.min(size, from + shardRows);
        Path file = folder.resolve(ShardEntry.fileName(shard, shards));
        if (!Files.exists(file)) {
            AtomicFiles.writeChannel(file, channel -> {
                try (ShardWriter writer = new ShardWriter(channel, description)) {
                    List<SkippedPicture> skipped = rows.write(from, to, writer);
                    writer.finish(new ShardRange(from, to, size, skipped));
                }
            });
            return;
        }
        ShardFile written = ShardFile.open(file);
        boolean same = written.matches(description)
                && written.range()
                        .filter(range -> range.from() == from && range.to() == to && range.of() == size)
                        .isPresent();
        if (!same) {
            throw foreign(file, "a shard of another encode");
        }
    }

    /**
     * Writes the manifest out of the shards, which are all read once: hashes, statistics, and whether they are one data set.
     *
     * @throws BadInputException naming the shards that are missing, or the one that belongs to another data set
     */
    public Manifest join(Progress progress) throws IOException {
        List<Path> files = completeShards();
        List<ShardEntry> entries = new ArrayList<>();
        List<SkippedPicture> skipped = new ArrayList<>();
        DatasetDescription description = ShardFile.open(files.get(0)).description();
        StatisticsAccumulator statistics = new StatisticsAccumulator(description.storedShape());
        long next = 0;
        long of = -1;
        try (Progress.Task task = progress.start("join shards", files.size(), "shards")) {
            for (Path file : files) {
                ShardFile shard = ShardFile.open(file);
                if (!shard.matches(description)) {
                    throw foreign(
                            file,
                            "the shard of another data set than " + files.get(0).getFileName());
                }
                ShardRange range = shard.range()
                        .orElseThrow(() -> foreign(file, "a shard that does not say which rows it covers"));
                of = of < 0 ? range.of() : of;
                if (range.from() != next || range.of() != of || range.rows() != shard.rows()) {
                    throw foreign(
                            file,
                            "rows " + range.from() + " to " + range.to() + " of " + range.of() + " where row " + next
                                    + " of " + of + " comes next");
                }
                next = range.to();
                skipped.addAll(range.skipped());
                statistics.merge(shard.statistics());
                entries.add(new ShardEntry(
                        String.valueOf(file.getFileName()), shard.rows(), Files.size(file), Sha256.of(file)));
                task.advanceTo(entries.size());
            }
        }
        if (next != of) {
            throw foreign(folder, "shards up to row " + next + " of " + of);
        }
        Manifest manifest = new Manifest(
                Manifest.VERSION, description, next - skipped.size(), statistics.snapshot(), entries, skipped);
        manifest.write(folder);
        return manifest;
    }

    private List<Path> completeShards() throws IOException {
        List<Path> files = shardFiles();
        int shards = 0;
        for (Path file : files) {
            Matcher name = SHARD.matcher(String.valueOf(file.getFileName()));
            shards = name.matches() ? Math.max(shards, Integer.parseInt(name.group(2))) : shards;
        }
        if (files.isEmpty()) {
            throw BadInputException.at(folder.toString())
                    .found("no shard")
                    .expected("a data set: latents-*.arrow and " + Manifest.FILE)
                    .build();
        }
        rejectForeignShards(shards);
        List<String> missing = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
            String name = ShardEntry.fileName(shard, shards);
            if (!Files.isRegularFile(folder.resolve(name))) {
                missing.add(name);
            }
        }
        if (!missing.isEmpty()) {
            throw BadInputException.at(folder.toString())
                    .found(files.size() + " of " + shards + " shards; missing are " + missing)
                    .expected("all of them")
                    .advice("run the interrupted encode again, or bring the other machines' shards here")
                    .build();
        }
        return files;
    }

    private List<Path> shardFiles() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file ->
                            SHARD.matcher(String.valueOf(file.getFileName())).matches())
                    .sorted()
                    .toList();
        }
    }

    static BadInputException foreign(Path where, String found) {
        return BadInputException.at(where.toString())
                .found(found)
                .expected("an empty folder, or the same encode")
                .advice("remove the folder, or choose another")
                .build();
    }
}
