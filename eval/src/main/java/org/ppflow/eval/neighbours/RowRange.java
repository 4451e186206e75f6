package org.ppflow.eval.neighbours;

import java.util.ArrayList;
import java.util.List;

/**
 * Neighbouring rows of a set.
 *
 * @param first row, from 0
 * @param count how many, at least 1
 */
record RowRange(int first, int count) {
    RowRange {
        if (first < 0 || count < 1) {
            throw new IllegalArgumentException("no rows: " + count + " from " + first);
        }
    }

    /** The row after the last. */
    int end() {
        return first + count;
    }

    /** Parts of at most so many rows, in order; all but the last few are equally long, none is longer than another by more than one. */
    List<RowRange> even(int most) {
        int parts = (count + most - 1) / most;
        List<RowRange> ranges = new ArrayList<>(parts);
        int from = 0;
        for (int i = 0; i < parts; i++) {
            int to = (int) ((long) count * (i + 1) / parts);
            ranges.add(new RowRange(first + from, to - from));
            from = to;
        }
        return ranges;
    }

    /** Parts of exactly so many rows, in order, the last one what is left. */
    List<RowRange> blocks(int rows) {
        List<RowRange> ranges = new ArrayList<>();
        for (int from = 0; from < count; from += rows) {
            ranges.add(new RowRange(first + from, Math.min(rows, count - from)));
        }
        return ranges;
    }
}
