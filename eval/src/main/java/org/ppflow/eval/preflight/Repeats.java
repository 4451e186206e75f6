package org.ppflow.eval.preflight;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Pictures that are there more than once.
 *
 * @param count pictures that have an equal one before them
 * @param first index of a picture that comes again; −1 where there is none
 * @param second index of the first picture that has an equal one before it; −1 where there is none
 */
public record Repeats(int count, int first, int second) {
    static final Repeats NONE = new Repeats(0, -1, -1);

    /** Within one set. Memory while it runs: 16 bytes a picture. */
    static Repeats within(long... keys) {
        long[] sorted = keys.clone();
        Arrays.sort(sorted);
        long[] repeated = new long[sorted.length];
        int different = 0;
        int count = 0;
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] == sorted[i - 1]) {
                count++;
                if (different == 0 || repeated[different - 1] != sorted[i]) {
                    repeated[different++] = sorted[i];
                }
            }
        }
        if (count == 0) {
            return NONE;
        }
        Map<Long, Integer> seen = new HashMap<>();
        for (int i = 0; i < keys.length; i++) {
            if (Arrays.binarySearch(repeated, 0, different, keys[i]) >= 0) {
                Integer before = seen.putIfAbsent(keys[i], i);
                if (before != null) {
                    return new Repeats(count, before, i);
                }
            }
        }
        throw new IllegalStateException("a repeated key is not among its own keys");
    }

    /**
     * Pictures of one set that are in another: {@code count} of this set's, {@code first} the index of the first of them, {@code second} that of an equal
     * one in the other set.
     */
    static Repeats between(long[] keys, long... others) {
        long[] sorted = others.clone();
        Arrays.sort(sorted);
        int count = 0;
        int first = -1;
        for (int i = 0; i < keys.length; i++) {
            if (Arrays.binarySearch(sorted, keys[i]) >= 0) {
                count++;
                first = first < 0 ? i : first;
            }
        }
        if (count == 0) {
            return NONE;
        }
        int second = 0;
        while (others[second] != keys[first]) {
            second++;
        }
        return new Repeats(count, first, second);
    }
}
