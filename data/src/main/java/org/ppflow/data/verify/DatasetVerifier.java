package org.ppflow.data.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ppflow.data.arrow.DatasetDescription;
import org.ppflow.data.arrow.Manifest;
import org.ppflow.data.arrow.ShardEntry;
import org.ppflow.data.arrow.ShardFile;
import org.ppflow.data.arrow.StatisticsAccumulator;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.progress.Progress;

/**
 * Reads every byte of a data set and compares it with the manifest: hashes, lengths, rows, descriptions, ranges of labels and values, statistics.
 * It does not stop at the first thing that is wrong. In memory: 24 bytes a row, for the duplicates.
 */
public final class DatasetVerifier {
    /** Of each kind of problem in a shard, so many are written out. */
    private static final int LISTED = 5;

    private final Path folder;
    private final Manifest manifest;
    private final List<String> problems = new ArrayList<>();
    private final SourceHashes hashes = new SourceHashes();
    private final List<ShardFile> sound = new ArrayList<>();
    private final long[] classCounts;

    private DatasetVerifier(Path folder, Manifest manifest) {
        this.folder = folder;
        this.manifest = manifest;
        this.classCounts = new long[manifest.description().classNames().size()];
    }

    /**
     * Verifies a finished data set.
     *
     * @throws BadInputException where there is no manifest that can be read
     */
    public static VerifyReport verify(Path folder, Progress progress) throws IOException {
        DatasetVerifier verifier = new DatasetVerifier(folder, Manifest.read(folder));
        return verifier.run(progress);
    }

    private VerifyReport run(Progress progress) throws IOException {
        StatisticsAccumulator statistics =
                new StatisticsAccumulator(manifest.description().storedShape());
        boolean complete = true;
        try (Progress.Task task = progress.start("verify", manifest.rows(), "rows")) {
            long done = 0;
            for (ShardEntry entry : manifest.shards()) {
                Path file = folder.resolve(entry.file());
                try {
                    statistics.merge(shard(file, entry));
                } catch (BadInputException e) {
                    problems.add(String.valueOf(e.getMessage()));
                    complete = false;
                }
                done += entry.rows();
                task.advanceTo(done);
            }
        }
        if (complete && !statistics.snapshot().equals(manifest.statistics())) {
            problems.add(folder.resolve(Manifest.FILE) + ": statistics " + manifest.statistics() + "; expected "
                    + statistics.snapshot() + ", those of the rows");
        }
        return new VerifyReport(
                manifest,
                problems,
                duplicates(),
                Arrays.stream(classCounts).boxed().toList());
    }

    private StatisticsAccumulator shard(Path file, ShardEntry entry) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw wrong(file, "no such file", "a shard of " + entry.rows() + " rows");
        }
        long bytes = Files.size(file);
        if (bytes != entry.bytes()) {
            throw wrong(file, bytes + " bytes", entry.bytes() + ", as the manifest says");
        }
        String sha256 = Sha256.of(file);
        if (!sha256.equals(entry.sha256())) {
            throw wrong(file, "SHA-256 " + sha256, entry.sha256() + ", as the manifest says");
        }
        ShardFile shard = ShardFile.open(file);
        if (shard.rows() != entry.rows()) {
            throw wrong(file, shard.rows() + " rows", entry.rows() + ", as the manifest says");
        }
        if (!shard.matches(manifest.description())) {
            throw wrong(file, "the shard of another data set", "the description in the manifest");
        }
        sound.add(shard);
        return rows(shard, file);
    }

    private StatisticsAccumulator rows(ShardFile shard, Path file) {
        DatasetDescription description = manifest.description();
        StatisticsAccumulator statistics = new StatisticsAccumulator(description.storedShape());
        float[] values = new float[description.storedShape().size()];
        int badLabels = 0;
        int badValues = 0;
        for (int row = 0; row < shard.rows(); row++) {
            int label = shard.label(row);
            if (label >= 0 && label < classCounts.length) {
                classCounts[label]++;
            } else if (badLabels++ < LISTED) {
                problems.add(file + ": row " + row + " (" + shard.source(row) + "): label " + label + "; expected 0 to "
                        + (classCounts.length - 1));
            }
            hashes.add(shard.sha256(row));
            for (int side = 0; side < (description.mirror() ? 2 : 1); side++) {
                shard.copyValues(row, side == 1, values, 0);
                if (!finite(values) && badValues++ < LISTED) {
                    problems.add(file + ": row " + row + " (" + shard.source(row)
                            + "): a value that is not finite; expected numbers; encode the picture again");
                }
                statistics.add(values, 0);
            }
        }
        if (badLabels > LISTED || badValues > LISTED) {
            problems.add(
                    file + ": " + badLabels + " wrong labels and " + badValues + " rows that are not finite in all");
        }
        return statistics;
    }

    private static boolean finite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    private List<List<String>> duplicates() {
        long[] firstRow = new long[sound.size()];
        for (int i = 1; i < firstRow.length; i++) {
            firstRow[i] = firstRow[i - 1] + sound.get(i - 1).rows();
        }
        return hashes.duplicates(row -> at(firstRow, row).sha256((int) (row - firstRow[index(firstRow, row)]))).stream()
                .map(group -> group.stream()
                        .map(row -> at(firstRow, row).source((int) (row - firstRow[index(firstRow, row)])))
                        .toList())
                .toList();
    }

    private ShardFile at(long[] firstRow, long row) {
        return sound.get(index(firstRow, row));
    }

    private static int index(long[] firstRow, long row) {
        int found = Arrays.binarySearch(firstRow, row);
        return found >= 0 ? found : -found - 2;
    }

    private static BadInputException wrong(Path file, String found, String expected) {
        return BadInputException.at(file.toString())
                .found(found)
                .expected(expected)
                .advice("encode the shard again, or fetch it again")
                .build();
    }
}
