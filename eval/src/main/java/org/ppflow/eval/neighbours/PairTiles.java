package org.ppflow.eval.neighbours;

import java.util.List;
import java.util.function.Consumer;
import org.ppflow.eval.rows.FeatureRows;

/**
 * Walks through all pairs of rows tile by tile; rows may lie on disk. Memory: two panels of at most {@value #PANEL_VALUES} values and a tile of
 * products of at most {@value #TILE_ROWS}² on the heap, and what {@link PanelProducts} says besides: about 120 MB in all.
 */
final class PairTiles {
    static final int TILE_ROWS = 2048;
    private static final int PANEL_VALUES = 1 << 22;

    private final int tileRows;
    private final Panel first;
    private final Panel second;
    private final float[] products;

    /**
     * Takes the memory.
     *
     * @param size values in a row
     * @param largest number of rows of the larger set
     * @param mostRows of a panel
     */
    PairTiles(int size, int largest, int mostRows) {
        int fitting = Math.max(1, PANEL_VALUES / size);
        this.tileRows = Math.min(Math.min(mostRows, fitting), largest);
        this.first = new Panel(tileRows, size);
        this.second = new Panel(tileRows, size);
        this.products = new float[tileRows * tileRows];
    }

    /** Every pair of the rows of a range, (i, j) and (j, i), i = j among them: tiles beside the diagonal are mirrored. */
    void triangle(PanelProducts multiplier, FeatureRows set, RowRange range, Consumer<Tile> visitor) {
        List<RowRange> parts = range.even(tileRows);
        for (int i = 0; i < parts.size(); i++) {
            first.read(set, parts.get(i));
            multiplier.hold(first);
            multiplier.multiply(first, products);
            visitor.accept(new Tile(first, first, products, false));
            for (int j = i + 1; j < parts.size(); j++) {
                second.read(set, parts.get(j));
                multiplier.multiply(second, products);
                visitor.accept(new Tile(first, second, products, true));
            }
        }
    }

    /** Every pair of a row of one range and a row of another, mirrored where asked for. */
    void rectangle(
            PanelProducts multiplier,
            FeatureRows rows,
            RowRange rowRange,
            FeatureRows columns,
            RowRange columnRange,
            boolean mirrored,
            Consumer<Tile> visitor) {
        for (RowRange rowPart : rowRange.even(tileRows)) {
            first.read(rows, rowPart);
            multiplier.hold(first);
            for (RowRange columnPart : columnRange.even(tileRows)) {
                second.read(columns, columnPart);
                multiplier.multiply(second, products);
                visitor.accept(new Tile(first, second, products, mirrored));
            }
        }
    }

    /** Fails unless two sets have rows of one length that is not 0. */
    static int commonSize(FeatureRows a, FeatureRows b) {
        if (a.size() != b.size() || a.size() < 1) {
            throw new IllegalArgumentException("rows of " + a.size() + " and of " + b.size() + " values");
        }
        return a.size();
    }
}
