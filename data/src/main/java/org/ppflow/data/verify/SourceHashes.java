package org.ppflow.data.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;

/**
 * Finds rows with equal hashes. In memory: 16 bytes a row, the first eight of its hash and its number; only where those agree are whole hashes
 * looked up again.
 */
final class SourceHashes {
    private long[] prefixes = new long[1024];
    private int rows;

    /** Adds the next row, of 64 hexadecimal digits. */
    void add(String sha256) {
        if (rows == prefixes.length) {
            prefixes = Arrays.copyOf(prefixes, 2 * rows);
        }
        prefixes[rows++] = Long.parseUnsignedLong(sha256.substring(0, 16), 16);
    }

    /** Groups of rows with equal hashes, in the order of their first rows. */
    List<List<Long>> duplicates(LongFunction<String> hashOf) {
        long[] sorted = Arrays.copyOf(prefixes, rows);
        Arrays.sort(sorted);
        long[] repeated = new long[rows];
        int count = 0;
        for (int i = 1; i < rows; i++) {
            if (sorted[i] == sorted[i - 1] && (count == 0 || repeated[count - 1] != sorted[i])) {
                repeated[count++] = sorted[i];
            }
        }
        repeated = Arrays.copyOf(repeated, count);
        java.util.Map<String, List<Long>> groups = new java.util.LinkedHashMap<>();
        for (int row = 0; row < rows; row++) {
            if (Arrays.binarySearch(repeated, prefixes[row]) >= 0) {
                groups.computeIfAbsent(hashOf.apply(row), hash -> new ArrayList<>())
                        .add((long) row);
            }
        }
        return groups.values().stream().filter(group -> group.size() > 1).toList();
    }
}
