package org.ppflow.app.command.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.ppflow.data.arrow.DatasetDescription;
import org.ppflow.data.arrow.Manifest;
import org.ppflow.data.arrow.ShardEntry;
import org.ppflow.data.arrow.ShardRange;
import org.ppflow.data.arrow.ShardWriter;
import org.ppflow.data.arrow.Split;
import org.ppflow.data.arrow.StatisticsAccumulator;
import org.ppflow.data.arrow.ValueType;
import org.ppflow.data.codec.LatentShape;
import org.ppflow.data.codec.StoredKind;
import org.ppflow.data.loader.LatentDataset;
import org.ppflow.data.source.Part;
import org.ppflow.nn.files.AtomicFiles;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;

/** A data set of random moments with mirrored ones, as {@code data encode} leaves it: what reading one costs does not depend on the values. */
final class RandomDataset {
    private static final int SHARD_ROWS = 16384;

    /** So many rows differ; then they repeat. */
    private static final int PATTERNS = 61;

    private static final int CLASSES = 1000;

    private RandomDataset() {}

    static LatentDataset write(Path folder, long rows, LatentShape shape, ValueType type, Progress progress)
            throws IOException {
        DatasetDescription description = description(shape, type);
        int shards = Math.toIntExact((rows + SHARD_ROWS - 1) / SHARD_ROWS);
        float[] values = new float[(PATTERNS + 1) * shape.size()];
        RandomStream.of(0, Purpose.TEST, 0).fillGaussian(values, 0, values.length);
        StatisticsAccumulator statistics = new StatisticsAccumulator(shape);
        statistics.add(values, 0);
        List<ShardEntry> entries = new ArrayList<>();
        try (Progress.Task task = progress.start("write random rows", rows, "rows")) {
            for (int shard = 0; shard < shards; shard++) {
                long from = (long) shard * SHARD_ROWS;
                long to = Math.min(rows, from + SHARD_ROWS);
                Path file = folder.resolve(ShardEntry.fileName(shard, shards));
                AtomicFiles.writeChannel(file, channel -> {
                    try (ShardWriter writer = new ShardWriter(channel, description)) {
                        for (long row = from; row < to; row++) {
                            int at = (int) (row % PATTERNS) * shape.size();
                            String name = "random/" + row;
                            writer.add(values, at, at + shape.size(), (int) (row % CLASSES), name, Sha256.of(name));
                            task.advanceTo(row + 1);
                        }
                        writer.finish(new ShardRange(from, to, rows, List.of()));
                    }
                });
                entries.add(new ShardEntry(
                        String.valueOf(file.getFileName()), to - from, Files.size(file), Sha256.of(file)));
            }
        }
        new Manifest(description, statistics.snapshot(), entries).write(folder);
        return LatentDataset.open(folder);
    }

    private static DatasetDescription description(LatentShape shape, ValueType type) {
        return new DatasetDescription(
                StoredKind.MOMENTS,
                type,
                List.of(shape.channels(), shape.height(), shape.width()),
                true,
                "random",
                "",
                Collections.nCopies(shape.channels() / 2, 0.0),
                1,
                shape.height() * 8,
                3,
                "adm-center",
                Collections.nCopies(CLASSES, "random"),
                "random",
                Sha256.of("random"),
                new Split(Part.ALL, 2, 0));
    }
}
