package org.ppflow.eval.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * An order of rows that does not depend on the order in which they are given: that of keys made from each picture's content.
 * Rows of equal keys are equal pictures, so it does not matter which comes first.
 */
final class KeyOrder {
    private KeyOrder() {}

    /** Rows by rising key. */
    static int[] of(long[] keys) {
        return IntStream.range(0, keys.length)
                .boxed()
                .sorted(Comparator.comparingLong(row -> keys[row]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
