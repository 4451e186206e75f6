package org.ppflow.data.exchange;

import java.util.Objects;
import java.util.OptionalDouble;
import org.ppflow.data.arrow.DatasetDescription;
import org.ppflow.data.arrow.ValueType;

/**
 * How another toolkit's latents become a data set.
 *
 * @param valueType type of the numbers to store
 * @param shardRows rows of a shard, at least 1
 * @param scale the model sees z·scale; empty: shift and scale are measured over all rows
 * @param scaled whether the values are times the scale already
 * @param autoencoder name of what made them, as the data set will say
 * @param imageSize side of the pictures, pixels; {@link DatasetDescription#UNKNOWN_SIZE} for what the layout says, if it does
 */
public record ImportOptions(
        ValueType valueType, int shardRows, OptionalDouble scale, boolean scaled, String autoencoder, int imageSize) {
    public ImportOptions {
        Objects.requireNonNull(valueType);
        Objects.requireNonNull(autoencoder);
        if (shardRows < 1 || imageSize < DatasetDescription.UNKNOWN_SIZE) {
            throw new IllegalArgumentException("shards of " + shardRows + " rows, pictures of " + imageSize);
        }
        if (scale.isPresent() && !(scale.getAsDouble() > 0 && Double.isFinite(scale.getAsDouble()))) {
            throw new IllegalArgumentException("scale " + scale.getAsDouble() + " must be greater than 0");
        }
        if (scaled && scale.isEmpty()) {
            throw new IllegalArgumentException("scaled by what?");
        }
    }
}
