package org.ppflow.eval.neighbours;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * All pairs of two panels with their products. Indices are within the panels.
 *
 * @param rows first of each pair
 * @param columns second of each pair
 * @param products [rows, columns] and more behind
 * @param mirrored whether the pairs stand for those with first and second exchanged too, which come in no other tile
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Tile(Panel rows, Panel columns, float[] products, boolean mirrored) {
    /** A thread's work at a time; columns enough that it reads products in long runs. */
    private static final int ROWS_AT_A_TIME = 32;

    private static final int COLUMNS_AT_A_TIME = 256;

    /** Sees some columns. */
    @FunctionalInterface
    interface ColumnVisitor {
        void visit(int from, int to);
    }

    /** Where a row's products start. */
    int start(int row) {
        return row * columns.count();
    }

    /** Each row once, by any thread. */
    void forEachRow(IntConsumer visitor) {
        int parts = (rows.count() + ROWS_AT_A_TIME - 1) / ROWS_AT_A_TIME;
        IntStream.range(0, parts).parallel().forEach(part -> {
            int end = Math.min(rows.count(), (part + 1) * ROWS_AT_A_TIME);
            for (int row = part * ROWS_AT_A_TIME; row < end; row++) {
                visitor.accept(row);
            }
        });
    }

    /** Runs of columns that together are all, each by any thread. */
    void forColumns(ColumnVisitor visitor) {
        int parts = (columns.count() + COLUMNS_AT_A_TIME - 1) / COLUMNS_AT_A_TIME;
        IntStream.range(0, parts)
                .parallel()
                .forEach(part -> visitor.visit(
                        part * COLUMNS_AT_A_TIME, Math.min(columns.count(), (part + 1) * COLUMNS_AT_A_TIME)));
    }

    /** The exact squared distance of a pair. */
    double squaredDistance(int row, int column) {
        int size = rows.size();
        return SquaredDistances.between(rows.values(), row * size, columns.values(), column * size, size);
    }

    long pairs() {
        return (long) rows.count() * columns.count();
    }
}
