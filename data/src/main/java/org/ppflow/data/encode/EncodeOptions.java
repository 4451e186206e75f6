package org.ppflow.data.encode;

import java.util.Objects;
import org.ppflow.data.arrow.ValueType;

/**
 * How a data set is stored and made. Type, rows of a shard and batch belong to its bytes; threads do not.
 *
 * @param valueType type of the numbers
 * @param shardRows rows of a shard, at least 1: what a killed encode loses at most
 * @param batch pictures the codec gets at once, at least 1
 * @param threads that decode and frame ahead of the codec, at least 1
 * @param onError what to do about a picture that cannot be decoded
 */
public record EncodeOptions(ValueType valueType, int shardRows, int batch, int threads, OnError onError) {
    private static final int SHARD_ROWS = 4096;
    private static final int BATCH = 64;

    public EncodeOptions {
        Objects.requireNonNull(valueType);
        Objects.requireNonNull(onError);
        if (shardRows < 1 || batch < 1 || threads < 1) {
            throw new IllegalArgumentException(
                    "shards of " + shardRows + " rows, batches of " + batch + ", " + threads + " threads");
        }
    }

    /** One thread, an error ends it. */
    public EncodeOptions(ValueType valueType, int shardRows, int batch) {
        this(valueType, shardRows, batch, 1, OnError.FAIL);
    }

    /** float16, shards of 4096 rows. */
    public static EncodeOptions defaults() {
        return new EncodeOptions(ValueType.FLOAT16, SHARD_ROWS, BATCH);
    }

    /** The same with another type. */
    public EncodeOptions with(ValueType other) {
        return new EncodeOptions(other, shardRows, batch, threads, onError);
    }
}
