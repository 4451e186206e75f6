package org.ppflow.data.loader;

import org.jspecify.annotations.Nullable;
import org.ppflow.nn.random.KeyedPermutation;
import org.ppflow.nn.random.Purpose;

/**
 * Which row stands where in an endless sequence of epochs: position p is row π(seed, ⌊p / rows⌋, p mod rows), π a keyed permutation. A pure
 * function; the object only remembers the epoch's keys, so each thread has its own.
 */
final class RowOrder {
    private final long rows;
    private final long seed;
    private long epoch = -1;
    private @Nullable KeyedPermutation order;

    /** The sequence over so many rows. */
    RowOrder(long rows, long seed) {
        this.rows = rows;
        this.seed = seed;
    }

    /** Row at a position, from 0. */
    long at(long position) {
        KeyedPermutation current = order;
        if (current == null || position / rows != epoch) {
            epoch = position / rows;
            current = new KeyedPermutation(rows, seed, Purpose.SHUFFLE, epoch);
            order = current;
        }
        return current.at(position % rows);
    }
}
