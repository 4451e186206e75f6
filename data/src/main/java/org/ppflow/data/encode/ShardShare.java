package org.ppflow.data.encode;

/**
 * The shards that one of several machines writes: a run of neighbours, so that it reads the source in order.
 *
 * @param index which share, from 0
 * @param count shares, at least 1
 */
public record ShardShare(int index, int count) {
    /** All shards. */
    public static final ShardShare ALL = new ShardShare(0, 1);

    public ShardShare {
        if (count < 1 || index < 0 || index >= count) {
            throw new IllegalArgumentException("share " + index + " of " + count);
        }
    }

    /** First shard of the share; that of share {@code index + 1} is one past its last. */
    int from(int shards) {
        return Math.toIntExact((long) shards * index / count);
    }

    /** One past the last shard of the share. */
    int to(int shards) {
        return Math.toIntExact((long) shards * (index + 1) / count);
    }
}
