package org.ppflow.app.sample;

import com.google.common.base.Splitter;
import java.util.List;
import org.ppflow.nn.errors.BadInputException;

/**
 * Which of the batches one machine draws: a contiguous stretch, so that shards one after another are the whole.
 *
 * @param index from 0
 * @param count of shards
 */
public record SampleShard(int index, int count) {
    /** Everything. */
    public static final SampleShard WHOLE = new SampleShard(0, 1);

    public SampleShard {
        if (count < 1 || index < 0 || index >= count) {
            throw new IllegalArgumentException(
                    "shard " + index + "/" + count + " must be one of 0/" + count + " to " + (count - 1) + "/" + count);
        }
    }

    /**
     * Reads {@code 0/4}.
     *
     * @throws BadInputException if it is none
     */
    public static SampleShard parse(String text) {
        List<String> parts = Splitter.on('/').splitToList(text);
        try {
            if (parts.size() == 2) {
                return new SampleShard(Integer.parseInt(parts.get(0)), Integer.parseInt(parts.get(1)));
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw BadInputException.at("--shard " + text)
                .found("no shard")
                .expected("i/n with i from 0 to n - 1: 0/4, 1/4, 2/4, 3/4")
                .build();
    }

    /** First batch, of so many. */
    public long firstBatch(long batches) {
        return batches * index / count;
    }

    /** Behind the last batch. */
    public long endBatch(long batches) {
        return batches * (index + 1) / count;
    }

    @Override
    public String toString() {
        return index + "/" + count;
    }
}
