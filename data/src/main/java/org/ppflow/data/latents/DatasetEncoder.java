package org.ppflow.data.latents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ppflow.data.picture.PictureSet;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.AtomicFiles;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.progress.Progress;
import tools.jackson.databind.json.JsonMapper;

/**
 * Encodes pictures into a data set, shard by shard. Each shard appears whole, the manifest last; a killed encode goes on behind
 * the last whole shard. Memory: one shard of latents beside the pictures.
 */
public final class DatasetEncoder {
    /** Says what the shards of an unfinished folder were made of. */
    private static final String INPUTS = "inputs.json";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private DatasetEncoder() {}

    /** What shards follow from: options and pictures. */
    private record Inputs(EncodeOptions options, String pixels) {}

    /**
     * Encodes, or goes on with an encode of the same pictures and options; what another one left is removed.
     *
     * @param folder of the data set
     * @return the finished data set
     */
    public static LatentDataset encode(PictureSet pictures, EncodeOptions options, Path folder, Progress progress)
            throws IOException {
        if (pictures.count() == 0) {
            throw BadInputException.at(options.source())
                    .found("no pictures")
                    .expected("at least one")
                    .build();
        }
        String inputs = JSON.writeValueAsString(new Inputs(options, Sha256.of(pictures.pixels()))) + "\n";
        Path inputsFile = folder.resolve(INPUTS);
        if (!Files.exists(inputsFile) || !Files.readString(inputsFile).equals(inputs)) {
            AtomicFiles.deleteRecursively(folder);
            AtomicFiles.writeText(inputsFile, inputs);
        }
        int count = (pictures.count() + options.rowsPerShard() - 1) / options.rowsPerShard();
        List<Manifest.Shard> shards = new ArrayList<>();
        try (Progress.Task task = progress.start("encode " + options.source(), pictures.count(), "pictures")) {
            for (int shard = 0; shard < count; shard++) {
                int from = shard * options.rowsPerShard();
                int to = Math.min(pictures.count(), from + options.rowsPerShard());
                String name = String.format("latents-%05d-of-%05d.arrow", shard, count);
                Path file = folder.resolve(name);
                if (!Files.exists(file)) {
                    ShardWriter.write(file, pictures.select(row -> row >= from && row < to), options);
                }
                shards.add(new Manifest.Shard(name, to - from, Sha256.of(file)));
                task.advanceTo(to);
            }
        }
        ChannelStatistics statistics = statistics(folder, shards, options);
        new Manifest(Manifest.VERSION, options, pictures.count(), shards, statistics, statistics.scaling())
                .write(folder);
        return LatentDataset.open(folder);
    }

    private static ChannelStatistics statistics(Path folder, List<Manifest.Shard> shards, EncodeOptions options)
            throws IOException {
        float[] latent = new float[options.values()];
        int channels = options.shape().get(0);
        ChannelStatistics sum = null;
        for (Manifest.Shard shard : shards) {
            MappedShard mapped = MappedShard.open(folder.resolve(shard.file()), options.shape());
            for (int row = 0; row < mapped.rows(); row++) {
                mapped.read(row, false, latent, 0);
                ChannelStatistics one = ChannelStatistics.of(latent, channels);
                sum = sum == null ? one : sum.merge(one);
            }
        }
        if (sum == null) {
            throw new IllegalStateException("a data set without rows was encoded");
        }
        return sum;
    }
}
