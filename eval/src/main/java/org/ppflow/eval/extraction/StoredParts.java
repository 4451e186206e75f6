package org.ppflow.eval.extraction;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ppflow.data.arrow.FloatTable;
import org.ppflow.eval.cache.SharedFiles;
import org.ppflow.eval.feature.Features;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.Sha256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parts on disk: a folder for each key with an Arrow file for each part, which names its key and the hash of its numbers. A file that is damaged or of
 * another key is never used: it is removed, said in the log, and made again. Processes may share a folder: each part appears whole.
 *
 * <p>Memory: one part while it is written or checked; rows are read from maps.
 */
final class StoredParts implements FeatureParts {
    private static final Logger LOG = LoggerFactory.getLogger(StoredParts.class);
    private static final String FEATURES = "features";
    private static final String SPATIAL = "spatial";
    private static final String PROBABILITIES = "probabilities";
    private static final List<String> COLUMNS = List.of(FEATURES, SPATIAL, PROBABILITIES);
    private static final String KEY = "key";
    private static final String HASH = "content_sha256";
    private static final int CHECKED_ROWS = 64;

    private final Path folder;
    private final FeatureKey key;
    private final Map<Integer, FloatTable> open = new TreeMap<>();

    /**
     * Parts of a set.
     *
     * @param cache folder of all sets
     */
    StoredParts(Path cache, FeatureKey key) {
        this.folder = cache.resolve("features").resolve(key.hash().substring(0, 32));
        this.key = key;
    }

    @Override
    public boolean has(int part) {
        if (open.containsKey(part)) {
            return true;
        }
        Path file = file(part);
        if (!Files.exists(file)) {
            return false;
        }
        try {
            FloatTable table = FloatTable.open(file);
            String wrong = wrong(table, part);
            if (wrong.isEmpty()) {
                open.put(part, table);
                return true;
            }
            LOG.warn("{}: {}; it is made again", file, wrong);
        } catch (BadInputException | IOException e) {
            LOG.warn("{}; it is made again", e.getMessage());
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return false;
    }

    private String wrong(FloatTable table, int part) {
        if (!key.hash().equals(table.metadata().get(KEY))) {
            return "features of key " + table.metadata().get(KEY) + ", not " + key.hash();
        }
        if (table.rows() != FeatureParts.rows(part, key.count())) {
            return table.rows() + " rows, not " + FeatureParts.rows(part, key.count());
        }
        if (!open.isEmpty()) {
            FloatTable other = open.values().iterator().next();
            for (String column : COLUMNS) {
                if (table.size(column) != other.size(column)) {
                    return column + " of " + table.size(column) + " values, not " + other.size(column);
                }
            }
        }
        return hash(table).equals(table.metadata().get(HASH)) ? "" : "its numbers are not those that were written";
    }

    @Override
    public void put(int part, Features features, long[] keys) {
        Map<String, FloatArray> columns = new LinkedHashMap<>();
        List<FloatArray> arrays = List.of(features.features(), features.spatial(), features.probabilities());
        for (int i = 0; i < arrays.size(); i++) {
            if (arrays.get(i).rowSize() > 0) {
                columns.put(COLUMNS.get(i), arrays.get(i));
            }
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(KEY, key.hash());
        metadata.put("network", key.network().kind() + " " + key.network().contentHash());
        metadata.put("pictures", key.content());
        metadata.put("rows", FeatureParts.first(part) + " of " + key.count());
        metadata.put(HASH, hash(columns, keys));
        Path file = file(part);
        try {
            SharedFiles.write(file, channel -> FloatTable.write(channel, columns, keys, metadata));
            open.put(part, FloatTable.open(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All rows; every part is there. */
    FeatureSet all(String name, Optional<int[]> labels) {
        int parts = FeatureParts.count(key.count());
        List<FloatTable> tables = open.values().stream().toList();
        if (tables.size() != parts) {
            throw new IllegalStateException(name + ": " + tables.size() + " of " + parts + " parts are there");
        }
        long[] keys = new long[key.count()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = tables.get(i / ROWS).key(i % ROWS);
        }
        return new FeatureSet(
                name,
                key,
                new StoredRows(tables, FEATURES, key.count()),
                new StoredRows(tables, SPATIAL, key.count()),
                new StoredRows(tables, PROBABILITIES, key.count()),
                keys,
                labels);
    }

    private Path file(int part) {
        return folder.resolve(String.format(Locale.ROOT, "part-%05d.arrow", part));
    }

    private static String hash(Map<String, FloatArray> columns, long[] keys) {
        MessageDigest digest = Sha256.digest();
        for (FloatArray column : columns.values()) {
            update(digest, column.values(), column.values().length);
        }
        update(digest, keys);
        return Sha256.hex(digest.digest());
    }

    private static String hash(FloatTable table) {
        MessageDigest digest = Sha256.digest();
        for (String column : COLUMNS) {
            int size = table.size(column);
            float[] values = new float[CHECKED_ROWS * size];
            for (int first = 0; size > 0 && first < table.rows(); first += CHECKED_ROWS) {
                int rows = Math.min(CHECKED_ROWS, table.rows() - first);
                table.copy(column, first, rows, values, 0);
                update(digest, values, rows * size);
            }
        }
        long[] keys = new long[table.rows()];
        java.util.Arrays.setAll(keys, table::key);
        update(digest, keys);
        return Sha256.hex(digest.digest());
    }

    private static void update(MessageDigest digest, float[] values, int count) {
        ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values, 0, count);
        digest.update(bytes);
    }

    private static void update(MessageDigest digest, long[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        digest.update(bytes);
    }
}
