package org.ppflow.data.arrow;

import java.util.List;

/**
 * Which rows of the selected pictures a shard covers. It stands in the file's footer, under the key {@value #KEY}, so that shards that several
 * machines made can be joined without the pictures.
 *
 * @param from first row, from 0
 * @param to one past the last row
 * @param of rows of the whole selection
 * @param skipped pictures among them that could not be decoded and have no row
 */
public record ShardRange(long from, long to, long of, List<SkippedPicture> skipped) {
    /** The footer's key. */
    static final String KEY = "rows";

    public ShardRange {
        skipped = List.copyOf(skipped);
        if (from < 0 || to <= from || of < to || skipped.size() >= to - from) {
            throw new IllegalArgumentException(
                    "rows " + from + " to " + to + " of " + of + ", " + skipped.size() + " of them skipped");
        }
    }

    /** Rows that the shard has. */
    public long rows() {
        return to - from - skipped.size();
    }
}
