package org.ppflow.data.loader;

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
import org.ppflow.data.codec.LatentScaling;
import org.ppflow.data.codec.LatentShape;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.Sha256;

/**
 * A finished data set: all shards mapped into memory, rows numbered as the manifest lists the shards. Safe for many threads.
 * On the heap: some hundred bytes a record batch; the latents themselves stay in the page cache.
 */
public final class LatentDataset {
    /** How much is checked when a data set is opened. */
    public enum Check {
        /** Shards are there, with the length, rows and description that the manifest says. */
        SIZES,
        /** Every byte as well: reads all shards once. */
        HASHES
    }

    private final Manifest manifest;
    private final List<ShardFile> shards;
    private final long[] firstRow;

    private LatentDataset(Manifest manifest, List<ShardFile> shards) {
        this.manifest = manifest;
        this.shards = shards;
        this.firstRow = new long[shards.size()];
        for (int i = 1; i < firstRow.length; i++) {
            firstRow[i] = firstRow[i - 1] + shards.get(i - 1).rows();
        }
    }

    /** Opens a data set's folder and checks sizes. */
    public static LatentDataset open(Path folder) throws IOException {
        return open(folder, Check.SIZES);
    }

    /** Opens a data set's folder. */
    public static LatentDataset open(Path folder, Check check) throws IOException {
        Manifest manifest = Manifest.read(folder);
        List<ShardFile> shards = new ArrayList<>();
        for (ShardEntry entry : manifest.shards()) {
            shards.add(openShard(folder.resolve(entry.file()), entry, manifest.description(), check));
        }
        return new LatentDataset(manifest, List.copyOf(shards));
    }

    private static ShardFile openShard(Path file, ShardEntry entry, DatasetDescription description, Check check)
            throws IOException {
        if (!Files.isRegularFile(file)) {
            throw disagreement(file, "no such file", "a shard of " + entry.rows() + " rows");
        }
        long bytes = Files.size(file);
        if (bytes != entry.bytes()) {
            throw disagreement(file, bytes + " bytes", entry.bytes() + ", as the manifest says");
        }
        if (check == Check.HASHES) {
            String found = Sha256.of(file);
            if (!found.equals(entry.sha256())) {
                throw disagreement(file, "SHA-256 " + found, entry.sha256() + ", as the manifest says");
            }
        }
        ShardFile shard = ShardFile.open(file);
        if (shard.rows() != entry.rows()) {
            throw disagreement(file, shard.rows() + " rows", entry.rows() + ", as the manifest says");
        }
        if (!shard.matches(description)) {
            throw disagreement(file, "the shard of another data set", "the description in the manifest");
        }
        return shard;
    }

    private static BadInputException disagreement(Path file, String found, String expected) {
        return BadInputException.at(file.toString())
                .found(found)
                .expected(expected)
                .advice("encode the data set again, or fetch it again")
                .build();
    }

    /** What the data set says of itself. */
    public Manifest manifest() {
        return manifest;
    }

    /** Number of rows. */
    public long rows() {
        return manifest.rows();
    }

    /** Shape of a latent as the model sees it. */
    public LatentShape latentShape() {
        return manifest.description().latentShape();
    }

    /** From stored latents to what the model sees. */
    public LatentScaling scaling() {
        return manifest.description().scaling();
    }

    /** Name of each class, by label. */
    public List<String> classNames() {
        return manifest.description().classNames();
    }

    /** Whether mirrored pictures are stored. */
    public boolean mirror() {
        return manifest.description().mirror();
    }

    /** Class of a row. */
    public int label(long row) {
        int shard = shardOf(row);
        return shards.get(shard).label((int) (row - firstRow[shard]));
    }

    /** Name of a row's picture inside the source. */
    public String source(long row) {
        int shard = shardOf(row);
        return shards.get(shard).source((int) (row - firstRow[shard]));
    }

    /** SHA-256 of a row's source bytes, 64 hexadecimal digits. */
    public String sha256(long row) {
        int shard = shardOf(row);
        return shards.get(shard).sha256((int) (row - firstRow[shard]));
    }

    /** Copies the stored values of a row, (S, h, w) before shift and scale, to {@code target[offset …]}. */
    public void copyStored(long row, boolean flipped, float[] target, int offset) {
        int shard = shardOf(row);
        shards.get(shard).copyValues((int) (row - firstRow[shard]), flipped, target, offset);
    }

    /** Copies the stored bytes of a row, little-endian (S, h, w), to {@code target[0 …]}. */
    public void copyStoredBytes(long row, boolean flipped, byte[] target) {
        int shard = shardOf(row);
        shards.get(shard).copyBytes((int) (row - firstRow[shard]), flipped, target);
    }

    /** Stored values of consecutive rows, (N, S, h, w) before shift and scale: what the codec decodes. */
    public FloatArray stored(long fromRow, int count) {
        LatentShape shape = manifest.description().storedShape();
        FloatArray rows = FloatArray.zeros(count, shape.channels(), shape.height(), shape.width());
        for (int i = 0; i < count; i++) {
            copyStored(fromRow + i, false, rows.values(), i * shape.size());
        }
        return rows;
    }

    private int shardOf(long row) {
        if (row < 0 || row >= rows()) {
            throw new IndexOutOfBoundsException("row " + row + " of " + rows());
        }
        int found = Arrays.binarySearch(firstRow, row);
        return found >= 0 ? found : -found - 2;
    }
}
