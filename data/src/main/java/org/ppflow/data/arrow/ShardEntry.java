package org.ppflow.data.arrow;

import java.util.Objects;

/**
 * A shard in the manifest.
 *
 * @param file name inside the data set's folder
 * @param rows at least 1
 * @param bytes length of the file
 * @param sha256 of the file, 64 hexadecimal digits
 */
public record ShardEntry(String file, long rows, long bytes, String sha256) {
    public ShardEntry {
        Objects.requireNonNull(file);
        Objects.requireNonNull(sha256);
        // A manifest may come from elsewhere: it must not reach outside of its folder.
        if (file.isEmpty() || file.contains("/") || file.contains("\\") || file.startsWith(".")) {
            throw new IllegalArgumentException("shard file '" + file + "' must be a plain file name");
        }
        if (rows < 1 || bytes < 1) {
            throw new IllegalArgumentException(file + ": " + rows + " rows in " + bytes + " bytes");
        }
    }

    /** {@code latents-00000-of-00016.arrow}. */
    public static String fileName(int shard, int shards) {
        return String.format(java.util.Locale.ROOT, "latents-%05d-of-%05d.arrow", shard, shards);
    }
}
