package org.ppflow.data.encode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ppflow.data.arrow.DatasetDescription;
import org.ppflow.data.arrow.Manifest;
import org.ppflow.data.arrow.ShardEntry;
import org.ppflow.data.arrow.ShardFile;
import org.ppflow.data.arrow.ShardWriter;
import org.ppflow.data.arrow.Split;
import org.ppflow.data.arrow.StatisticsAccumulator;
import org.ppflow.data.codec.Codec;
import org.ppflow.data.codec.LatentScaling;
import org.ppflow.data.codec.LatentShape;
import org.ppflow.data.loader.LatentDataset;
import org.ppflow.data.picture.Picture;
import org.ppflow.data.source.Part;
import org.ppflow.data.source.PictureEntry;
import org.ppflow.data.source.PictureSelection;
import org.ppflow.data.source.PictureStream;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.AtomicFiles;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.progress.Progress;

/**
 * Encodes pictures into a data set's folder: shards one after the other, the manifest last. A folder with a manifest is
 * finished; one without is gone on with, and finished shards are kept if they say of themselves what this encode would say.
 * The same pictures and options give the same bytes, killed in between or not.
 *
 * <p>A codec without a scaling of its own is measured first, in a pass over all pictures that writes nothing, because every
 * shard's schema states shift and scale. Such codecs have no weights, so the pass costs next to nothing.
 *
 * <p>In memory: one batch of pictures and one record batch of latents.
 */
public final class DatasetEncoder {
    private static final String SHARD_PATTERN = "latents-\\d{5}-of-\\d{5}\\.arrow";

    private final Codec codec;
    private final EncodeOptions options;
    private final Progress progress;

    /**
     * Encodes with one codec.
     *
     * @param codec stays the caller's to close
     */
    public DatasetEncoder(Codec codec, EncodeOptions options, Progress progress) {
        this.codec = codec;
        this.options = options;
        this.progress = progress;
    }

    /**
     * Encodes the training rows into {@code folder/train} and the reference rows into {@code folder/reference}: two data sets,
     * each complete by itself, under one scaling, that of the training rows.
     */
    public EncodedParts encodeParts(PictureSelection pictures, Path folder) throws IOException {
        LatentDataset train = encode(pictures.with(Part.TRAIN), folder.resolve(Part.TRAIN.id()), Optional.empty());
        LatentDataset reference = encode(
                pictures.with(Part.REFERENCE), folder.resolve(Part.REFERENCE.id()), Optional.of(train.scaling()));
        return new EncodedParts(train, reference);
    }

    /**
     * Encodes a selection, or what is missing of it; returns at once where it is finished.
     *
     * @param scaling that of another data set; empty for the codec's own, or the one measured over this selection
     */
    public LatentDataset encode(PictureSelection pictures, Path folder, Optional<LatentScaling> scaling)
            throws IOException {
        DatasetDescription unscaled = describe(pictures);
        int shards = Math.toIntExact((pictures.size() + options.shardRows() - 1) / options.shardRows());
        rejectForeignShards(folder, shards);
        Optional<LatentScaling> known =
                scaling.or(() -> codec.fixedScaling(unscaled.shift().size()));
        if (Files.exists(folder.resolve(Manifest.FILE))) {
            return finished(folder, unscaled, known, pictures.size());
        }
        LatentScaling used = known.isPresent() ? known.get() : measure(pictures, unscaled, shards);
        DatasetDescription description = unscaled.withScaling(used);
        StatisticsAccumulator statistics = new StatisticsAccumulator(description.storedShape());
        List<ShardEntry> entries = new ArrayList<>();
        try (RowEncoder rows = new RowEncoder(pictures, codec, options.batch());
                Progress.Task task = progress.start("encode " + pictures.part(), pictures.size(), "images")) {
            for (int shard = 0; shard < shards; shard++) {
                long from = firstRow(shard);
                long to = Math.min(pictures.size(), firstRow(shard + 1));
                Path file = folder.resolve(ShardEntry.fileName(shard, shards));
                if (!Files.exists(file)) {
                    write(file, description, rows, from, to, task);
                }
                ShardFile written = ShardFile.open(file);
                if (!written.matches(description) || written.rows() != to - from) {
                    throw foreign(file, "a shard of another encode");
                }
                statistics.merge(written.statistics());
                entries.add(new ShardEntry(
                        String.valueOf(file.getFileName()), to - from, Files.size(file), Sha256.of(file)));
                task.advanceTo(to);
            }
        }
        new Manifest(Manifest.VERSION, description, pictures.size(), statistics.snapshot(), entries).write(folder);
        return LatentDataset.open(folder);
    }

    private DatasetDescription describe(PictureSelection pictures) throws IOException {
        Picture first = first(pictures);
        LatentShape shape = codec.storedShape(first.channels(), first.height(), first.width());
        return new DatasetDescription(
                codec.kind(),
                options.valueType(),
                List.of(shape.channels(), shape.height(), shape.width()),
                pictures.source().mirror(),
                codec.name(),
                codec.weightsSha256(),
                LatentScaling.unshifted(codec.kind().latentChannels(shape.channels()), 1)
                        .shift(),
                1,
                pictures.framing().size(),
                first.channels(),
                pictures.framing().name(),
                pictures.source().classNames(),
                pictures.source().name(),
                pictures.source().sha256(),
                Split.of(pictures.part(), pictures.holdout()));
    }

    private static Picture first(PictureSelection pictures) throws IOException {
        try (PictureStream stream = pictures.open(0)) {
            PictureEntry first = stream.next();
            if (first == null) {
                throw new IllegalStateException("a selection is never empty");
            }
            return first.decode().picture();
        }
    }

    /** Shard by shard as the manifest's statistics are gathered, so that the numbers are the same to the last bit. */
    private LatentScaling measure(PictureSelection pictures, DatasetDescription description, int shards)
            throws IOException {
        StatisticsAccumulator all = new StatisticsAccumulator(description.storedShape());
        int rowSize = description.storedShape().size();
        float[] stored = new float[rowSize];
        try (RowEncoder rows = new RowEncoder(pictures, codec, options.batch());
                Progress.Task task = progress.start("measure " + pictures.part(), pictures.size(), "images")) {
            for (int shard = 0; shard < shards; shard++) {
                StatisticsAccumulator one = new StatisticsAccumulator(description.storedShape());
                long to = Math.min(pictures.size(), firstRow(shard + 1));
                rows.encode(firstRow(shard), to, (values, offset, flippedOffset, row) -> {
                    round(values, offset, stored);
                    one.add(stored, 0);
                    if (description.mirror()) {
                        round(values, flippedOffset, stored);
                        one.add(stored, 0);
                    }
                });
                all.merge(one);
                task.advanceTo(to);
            }
        }
        return all.measuredScaling();
    }

    private void round(float[] values, int offset, float[] stored) {
        for (int i = 0; i < stored.length; i++) {
            stored[i] = options.valueType().rounded(values[offset + i]);
        }
    }

    private static void write(
            Path file, DatasetDescription description, RowEncoder rows, long from, long to, Progress.Task task)
            throws IOException {
        AtomicFiles.writeChannel(file, channel -> {
            try (ShardWriter writer = new ShardWriter(channel, description)) {
                long[] done = {from};
                rows.encode(from, to, (values, offset, flippedOffset, row) -> {
                    writer.add(values, offset, flippedOffset, row.label(), row.source(), row.sha256());
                    task.advanceTo(++done[0]);
                });
                writer.finish();
            }
        });
    }

    /** The data set that is there, if it is the one that would be made. */
    private static LatentDataset finished(
            Path folder, DatasetDescription unscaled, Optional<LatentScaling> known, long rows) throws IOException {
        LatentDataset data = LatentDataset.open(folder);
        DatasetDescription found = data.manifest().description();
        LatentScaling scaling = known.orElse(found.scaling());
        if (!found.equals(unscaled.withScaling(scaling)) || data.rows() != rows) {
            throw foreign(folder.resolve(Manifest.FILE), "another data set: " + found);
        }
        return data;
    }

    private static void rejectForeignShards(Path folder, int shards) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Set<String> ours = IntStream.range(0, shards)
                .mapToObj(shard -> ShardEntry.fileName(shard, shards))
                .collect(Collectors.toSet());
        Set<String> foreign = new TreeSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.matches(SHARD_PATTERN) && !ours.contains(name))
                    .forEach(foreign::add);
        }
        if (!foreign.isEmpty()) {
            throw foreign(folder, "shards of another encode " + foreign);
        }
    }

    private long firstRow(int shard) {
        return (long) shard * options.shardRows();
    }

    private static BadInputException foreign(Path where, String found) {
        return BadInputException.at(where.toString())
                .found(found)
                .expected("an empty folder, or the same encode")
                .advice("remove the folder, or choose another")
                .build();
    }
}
