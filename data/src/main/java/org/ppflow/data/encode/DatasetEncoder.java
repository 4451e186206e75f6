package org.ppflow.data.encode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ppflow.data.arrow.DatasetDescription;
import org.ppflow.data.arrow.DescriptionDifference;
import org.ppflow.data.arrow.Manifest;
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
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.provenance.Code;
import org.ppflow.nn.provenance.CodeDifference;

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
    private final Codec codec;
    private final EncodeOptions options;
    private final Progress progress;
    private final Optional<Code> code;

    /**
     * Encodes with one codec.
     *
     * @param codec stays the caller's to close
     */
    public DatasetEncoder(Codec codec, EncodeOptions options, Progress progress) {
        this(codec, options, progress, Optional.empty());
    }

    private DatasetEncoder(Codec codec, EncodeOptions options, Progress progress, Optional<Code> code) {
        this.codec = codec;
        this.options = options;
        this.progress = progress;
        this.code = code;
    }

    /**
     * The same that keeps beside the shards which code wrote them, and says where another did, or began to. For data sets that stand alone: what a run encodes is known by the steps
     * of the run.
     */
    public DatasetEncoder noting(Code now) {
        return new DatasetEncoder(codec, options, progress, Optional.of(now.of("nn", "data")));
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
        DatasetFolder target = new DatasetFolder(folder);
        target.rejectForeignShards(DatasetFolder.shards(pictures.size(), options.shardRows()));
        Optional<LatentScaling> known = scaling.or(() -> ownScaling(unscaled));
        if (target.finished()) {
            return finished(folder, target, unscaled, known, pictures.size());
        }
        encodeShards(pictures, target, unscaled, known, ShardShare.ALL);
        target.join(progress);
        return LatentDataset.open(folder);
    }

    /**
     * Encodes one machine's share of the shards, or what is missing of it. There is no manifest until {@link DatasetFolder#join} has seen all
     * shards.
     */
    public void encodeShare(PictureSelection pictures, Path folder, ShardShare share) throws IOException {
        DatasetDescription unscaled = describe(pictures);
        DatasetFolder target = new DatasetFolder(folder);
        target.rejectForeignShards(DatasetFolder.shards(pictures.size(), options.shardRows()));
        if (target.finished()) {
            finished(folder, target, unscaled, ownScaling(unscaled), pictures.size());
            return;
        }
        encodeShards(pictures, target, unscaled, ownScaling(unscaled), share);
    }

    private Optional<LatentScaling> ownScaling(DatasetDescription unscaled) {
        return codec.fixedScaling(unscaled.shift().size());
    }

    private void encodeShards(
            PictureSelection pictures,
            DatasetFolder target,
            DatasetDescription unscaled,
            Optional<LatentScaling> known,
            ShardShare share)
            throws IOException {
        int shards = DatasetFolder.shards(pictures.size(), options.shardRows());
        LatentScaling used = known.isPresent() ? known.get() : measure(pictures, unscaled, shards);
        DatasetDescription description = unscaled.withScaling(used);
        long first = firstRow(share.from(shards));
        long end = Math.min(pictures.size(), firstRow(share.to(shards)));
        boolean[] noted = {code.isEmpty()};
        try (RowEncoder rows = new RowEncoder(pictures, codec, options);
                Progress.Task task = progress.start("encode " + pictures.part(), end - first, "images")) {
            for (int shard = share.from(shards); shard < share.to(shards); shard++) {
                target.write(shard, options.shardRows(), pictures.size(), description, (from, to, writer) -> {
                    if (!noted[0]) { // not before shards that are there turned out to be of this encode
                        note(target, code.orElseThrow());
                        noted[0] = true;
                    }
                    long[] done = {from - first};
                    return rows.encode(from, to, (values, offset, flippedOffset, row) -> {
                        writer.add(values, offset, flippedOffset, row.label(), row.source(), row.sha256());
                        task.advanceTo(++done[0]);
                    });
                });
                task.advanceTo(Math.min(pictures.size(), firstRow(shard + 1)) - first);
            }
        }
    }

    private void note(DatasetFolder target, Code now) throws IOException {
        new CodeDifference(target.writtenBy(now))
                .text()
                .ifPresent(
                        difference -> progress.say(
                                "Caution: encode: " + difference
                                        + "; the latents follow from both. To keep them apart, stop this and encode into another folder"));
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
                lastPart(pictures.source().name()),
                pictures.source().sha256(),
                Split.of(pictures.part(), pictures.holdout()));
    }

    /** A file's name without its folders: the same pictures give the same bytes wherever they lie. */
    private static String lastPart(String name) {
        String path = name.replace('\\', '/').replaceAll("/+$", "");
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The size of all pictures, by the first one that can be decoded. */
    private static Picture first(PictureSelection pictures) throws IOException {
        BadInputException failure = null;
        try (PictureStream stream = pictures.open(0)) {
            for (PictureEntry next = stream.next(); next != null; next = stream.next()) {
                try {
                    return next.decode().picture();
                } catch (BadInputException e) {
                    failure = failure == null ? e : failure;
                }
            }
        }
        throw failure == null ? new IllegalStateException("a selection is never empty") : failure;
    }

    /** Shard by shard as the manifest's statistics are gathered, so that the numbers are the same to the last bit. */
    private LatentScaling measure(PictureSelection pictures, DatasetDescription description, int shards)
            throws IOException {
        StatisticsAccumulator all = new StatisticsAccumulator(description.storedShape());
        int rowSize = description.storedShape().size();
        float[] stored = new float[rowSize];
        try (RowEncoder rows = new RowEncoder(pictures, codec, options);
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

    /** The data set that is there, if it is the one that would be made. */
    private LatentDataset finished(
            Path folder, DatasetFolder target, DatasetDescription unscaled, Optional<LatentScaling> known, long rows)
            throws IOException {
        LatentDataset data = LatentDataset.open(folder);
        DatasetDescription found = data.manifest().description();
        LatentScaling scaling =
                known.orElse(found.scalingFor(unscaled.latentShape().channels()));
        List<String> differences = new ArrayList<>(DescriptionDifference.between(found, unscaled.withScaling(scaling)));
        long there = data.rows() + data.manifest().skipped().size();
        if (there != rows) {
            differences.add("of " + there + " rows, not " + rows);
        }
        if (!differences.isEmpty()) {
            throw DatasetFolder.foreign(
                    folder.resolve(Manifest.FILE), "another data set: " + String.join("; ", differences));
        }
        code.flatMap(new CodeDifference(target.codes())::lastOtherThan)
                .ifPresent(other -> progress.say("Caution: " + folder + " is finished; it was encoded " + other
                        + "; to see what this code makes, encode into another folder"));
        return data;
    }

    private long firstRow(int shard) {
        return (long) shard * options.shardRows();
    }
}
