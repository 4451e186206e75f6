package org.ppflow.eval.extraction;

import java.util.List;
import org.ppflow.data.arrow.FloatTable;
import org.ppflow.eval.rows.FeatureRows;

/**
 * A column of parts on disk, one after the other; nothing is held but the maps.
 *
 * @param parts each of {@link FeatureParts#ROWS} rows, the last may have fewer
 * @param column of all of them
 * @param count of all rows
 */
record StoredRows(List<FloatTable> parts, String column, int count) implements FeatureRows {
    StoredRows {
        parts = List.copyOf(parts);
    }

    @Override
    public int size() {
        return parts.get(0).size(column);
    }

    @Override
    public void read(int first, int rows, float[] target, int offset) {
        int size = size();
        if (size == 0) {
            return;
        }
        int row = first;
        while (row < first + rows) {
            int part = row / FeatureParts.ROWS;
            int inside = row % FeatureParts.ROWS;
            int some = Math.min(first + rows - row, parts.get(part).rows() - inside);
            parts.get(part).copy(column, inside, some, target, offset + (row - first) * size);
            row += some;
        }
    }
}
