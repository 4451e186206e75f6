package org.ppflow.data.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.ppflow.data.arrow.DatasetDescription;
import org.ppflow.data.arrow.DescriptionDifference;
import org.ppflow.data.arrow.Manifest;
import org.ppflow.data.arrow.ShardWriter;
import org.ppflow.data.arrow.Split;
import org.ppflow.data.arrow.StatisticsAccumulator;
import org.ppflow.data.codec.LatentScaling;
import org.ppflow.data.codec.LatentShape;
import org.ppflow.data.codec.StoredKind;
import org.ppflow.data.encode.DatasetFolder;
import org.ppflow.data.exchange.ForeignLatents.Reader;
import org.ppflow.data.loader.LatentDataset;
import org.ppflow.data.source.Part;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.progress.Progress;

/**
 * Makes a data set of another toolkit's latents. Killed and started again it goes on. In memory: one row and one record batch.
 *
 * <p>The hash of a row is that of its values, so that {@code data verify} finds rows that come twice, as padded batches leave them.
 */
public final class LatentImport {
    private final ForeignLatents latents;
    private final ImportOptions options;
    private final Progress progress;

    /** Imports these. */
    public LatentImport(ForeignLatents latents, ImportOptions options, Progress progress) {
        this.latents = latents;
        this.options = options;
        this.progress = progress;
    }

    /** Writes the data set, or what is missing of it. */
    public LatentDataset write(Path folder) throws IOException {
        DatasetFolder target = new DatasetFolder(folder);
        int shards = DatasetFolder.shards(latents.size(), options.shardRows());
        target.rejectForeignShards(shards);
        if (target.finished()) {
            return finished(folder);
        }
        DatasetDescription description = describe(options.scale().isPresent() ? fixed() : measured());
        try (Progress.Task task = progress.start("import", latents.size(), "rows")) {
            for (int shard = 0; shard < shards; shard++) {
                target.write(shard, options.shardRows(), latents.size(), description, (from, to, writer) -> {
                    copy(from, to, writer, task);
                    return List.of();
                });
            }
        }
        target.join(progress);
        return LatentDataset.open(folder);
    }

    /** The data set that is there, if it is the one that would be made. What was not said, or is measured, is as it is there. */
    private LatentDataset finished(Path folder) throws IOException {
        LatentDataset there = LatentDataset.open(folder);
        DatasetDescription found = there.manifest().description();
        DatasetDescription wanted = describe(
                options.scale().isPresent()
                        ? fixed()
                        : found.scalingFor(latents.shape().channels()));
        if (options.imageSize() == DatasetDescription.UNKNOWN_SIZE) {
            wanted = wanted.withImageSize(found.imageSize());
        }
        List<String> differences = new ArrayList<>(DescriptionDifference.between(found, wanted));
        if (there.rows() != latents.size()) {
            differences.add("of " + there.rows() + " rows, not " + latents.size());
        }
        if (!differences.isEmpty()) {
            throw BadInputException.at(folder.resolve(Manifest.FILE).toString())
                    .found("another data set: " + String.join("; ", differences))
                    .expected("an empty folder, or the same import")
                    .advice("remove the folder, or choose another")
                    .build();
        }
        return there;
    }

    private void copy(long from, long to, ShardWriter writer, Progress.Task task) throws IOException {
        int size = latents.shape().size();
        try (Reader reader = latents.open(from)) {
            for (long row = from; row < to; row++) {
                ForeignRow next = read(reader);
                ByteBuffer bytes = ByteBuffer.allocate(size * Float.BYTES);
                bytes.asFloatBuffer().put(next.values(), 0, size);
                writer.add(next.values(), 0, size, next.label(), next.source(), Sha256.of(bytes.array()));
                task.advanceTo(row + 1);
            }
        }
    }

    /** The next row, before any scale. */
    private ForeignRow read(Reader reader) throws IOException {
        ForeignRow next = reader.next();
        if (options.scaled()) {
            float[] values = next.values();
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (values[i] / options.scale().orElseThrow());
            }
        }
        return next;
    }

    private LatentScaling fixed() {
        return LatentScaling.unshifted(
                latents.shape().channels(), options.scale().orElseThrow());
    }

    private LatentScaling measured() throws IOException {
        StatisticsAccumulator statistics = new StatisticsAccumulator(latents.shape());
        try (Reader reader = latents.open(0);
                Progress.Task task = progress.start("measure", latents.size(), "rows")) {
            for (long row = 0; row < latents.size(); row++) {
                float[] values = read(reader).values();
                for (int at = 0; at < values.length; at += latents.shape().size()) {
                    statistics.add(values, at);
                }
                task.advanceTo(row + 1);
            }
        }
        return statistics.measuredScaling();
    }

    private int imageSize() {
        return options.imageSize() == DatasetDescription.UNKNOWN_SIZE
                ? latents.imageSize().orElse(DatasetDescription.UNKNOWN_SIZE)
                : options.imageSize();
    }

    private DatasetDescription describe(LatentScaling scaling) {
        LatentShape shape = latents.shape();
        return new DatasetDescription(
                StoredKind.LATENTS,
                options.valueType(),
                List.of(shape.channels(), shape.height(), shape.width()),
                latents.mirror(),
                options.autoencoder(),
                "",
                scaling.shift(),
                scaling.scale(),
                imageSize(),
                3,
                "unknown",
                IntStream.range(0, latents.classes())
                        .mapToObj(Integer::toString)
                        .toList(),
                String.valueOf(java.nio.file.Path.of(latents.name())
                        .toAbsolutePath()
                        .normalize()
                        .getFileName()),
                latents.sha256(),
                new Split(Part.ALL, 2, 0));
    }
}
