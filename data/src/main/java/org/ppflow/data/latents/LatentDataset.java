package org.ppflow.data.latents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ppflow.data.codec.Codec;
import org.ppflow.data.codec.Codecs;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.Sha256;

/**
 * A finished data set, its shards mapped into memory: the heap holds only a few numbers a shard, whatever the size on disk.
 * Reading from several threads is allowed.
 */
public final class LatentDataset {
    private final Path folder;
    private final Manifest manifest;
    private final List<MappedShard> shards = new ArrayList<>();
    private final List<Long> firstRows = new ArrayList<>();

    private LatentDataset(Path folder, Manifest manifest) {
        this.folder = folder;
        this.manifest = manifest;
    }

    /**
     * Opens a folder.
     *
     * @throws BadInputException if the manifest or a shard is missing, or they disagree
     */
    public static LatentDataset open(Path folder) throws IOException {
        Manifest manifest = Manifest.read(folder);
        LatentDataset dataset = new LatentDataset(folder, manifest);
        long row = 0;
        for (Manifest.Shard shard : manifest.shards()) {
            Path file = folder.resolve(shard.file());
            if (!Files.exists(file)) {
                throw BadInputException.at(file.toString())
                        .found("no such file")
                        .expected("a shard of " + shard.rows() + " rows, as " + Manifest.FILE + " says")
                        .advice("encode the data set again; the other shards are kept")
                        .build();
            }
            MappedShard mapped = MappedShard.open(file, manifest.options().shape());
            if (mapped.rows() != shard.rows()
                    || mapped.mirrored() != manifest.options().mirror()) {
                throw BadInputException.at(file.toString())
                        .found(mapped.rows() + " rows, " + (mapped.mirrored() ? "with" : "without")
                                + " mirrored latents")
                        .expected(shard.rows() + " rows as " + Manifest.FILE + " says")
                        .advice("encode the data set again")
                        .build();
            }
            dataset.shards.add(mapped);
            dataset.firstRows.add(row);
            row += shard.rows();
        }
        return dataset;
    }

    /** What it was made with, statistics and scaling. */
    public Manifest manifest() {
        return manifest;
    }

    /** Number of rows. */
    public long count() {
        return manifest.rows();
    }

    /** {c, h, w} of a latent. */
    public int[] shape() {
        return manifest.options().shape().stream().mapToInt(Integer::intValue).toArray();
    }

    /** The codec that made the latents and turns them into pictures. */
    public Codec codec() {
        return Codecs.named(manifest.options().codec());
    }

    /** How latents enter the model. */
    public LatentScaling scaling() {
        return manifest.scaling();
    }

    /** Changes whenever a byte of any shard does: hash of the shards' hashes. */
    public String contentHash() {
        return Sha256.of(String.join(
                "\n", manifest.shards().stream().map(Manifest.Shard::sha256).toList()));
    }

    /**
     * Reads every shard and compares its hash with the manifest's.
     *
     * @throws BadInputException naming the first that differs
     */
    public void verify() throws IOException {
        for (Manifest.Shard shard : manifest.shards()) {
            String found = Sha256.of(folder.resolve(shard.file()));
            if (!found.equals(shard.sha256())) {
                throw BadInputException.at(folder.resolve(shard.file()).toString())
                        .found("SHA-256 " + found)
                        .expected(shard.sha256())
                        .advice("encode the data set again")
                        .build();
            }
        }
    }

    /**
     * Copies one latent, as the codec made it.
     *
     * @param row in [0, count())
     * @param flipped whether that of the mirrored picture
     */
    public void read(long row, boolean flipped, float[] target, int offset) {
        int shard = shardOf(row);
        shards.get(shard).read((int) (row - firstRows.get(shard)), flipped, target, offset);
    }

    /** Class of a row. */
    public int label(long row) {
        int shard = shardOf(row);
        return shards.get(shard).label((int) (row - firstRows.get(shard)));
    }

    /** Rows as the model sees them, shifted and scaled, [rows.length, c, h, w]. */
    public FloatArray normalized(long[] rows, boolean[] flipped) {
        int[] shape = shape();
        FloatArray latents = FloatArray.zeros(rows.length, shape[0], shape[1], shape[2]);
        for (int i = 0; i < rows.length; i++) {
            read(rows[i], flipped[i], latents.values(), i * latents.rowSize());
        }
        scaling().normalizeInPlace(latents);
        return latents;
    }

    private int shardOf(long row) {
        if (row < 0 || row >= count()) {
            throw new IndexOutOfBoundsException("row " + row + " is outside [0, " + count() + ")");
        }
        int shard = firstRows.size() - 1;
        while (firstRows.get(shard) > row) {
            shard--;
        }
        return shard;
    }
}
