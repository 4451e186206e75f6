package org.ppflow.eval.neighbours;

import java.util.stream.IntStream;
import org.ppflow.eval.rows.FeatureRows;

/** Neighbouring rows on the Java heap, read again and again into the same memory. */
final class Panel {
    /** Rows that one thread copies at a time. */
    private static final int PART = 128;

    private final float[] values;
    private final int size;
    private RowRange range = new RowRange(0, 1);

    /**
     * Takes the memory.
     *
     * @param most rows that it will hold
     * @param size values in a row
     */
    Panel(int most, int size) {
        this.values = new float[Math.multiplyExact(most, size)];
        this.size = size;
    }

    void read(FeatureRows rows, RowRange next) {
        range = next;
        IntStream.range(0, (next.count() + PART - 1) / PART).parallel().forEach(part -> {
            int from = part * PART;
            rows.read(next.first() + from, Math.min(PART, next.count() - from), values, from * size);
        });
    }

    /** [count, size], and what an earlier, longer range left behind it. */
    float[] values() {
        return values;
    }

    int size() {
        return size;
    }

    /** Index in the set of the panel's first row. */
    int first() {
        return range.first();
    }

    int count() {
        return range.count();
    }
}
