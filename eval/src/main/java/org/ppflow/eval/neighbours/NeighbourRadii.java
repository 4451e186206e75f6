package org.ppflow.eval.neighbours;

import org.ppflow.eval.rows.FeatureRows;
import org.ppflow.nn.progress.Progress;

/** For each row of a set, the squared distance to its k-th nearest neighbour in the set, to the last bit of a brute-force search in fp64. */
final class NeighbourRadii {
    private NeighbourRadii() {}

    /** {@link #squared(FeatureRows, int, DistanceBounds, PanelProducts, PairTiles, Progress)} with the set's own centre. */
    static double[] squared(FeatureRows rows, int k, PairTiles tiles, Progress progress) {
        float[] centre = DistanceBounds.centre(rows);
        try (PanelProducts products = PanelProducts.centred(centre)) {
            return squared(rows, k, DistanceBounds.of(rows, centre), products, tiles, progress);
        }
    }

    /**
     * The (k + 1)-th smallest squared distance of each row to its own set, itself included: 0 for a row that is there more than k times.
     *
     * @param k at least 1 and less than the number of rows
     */
    static double[] squared(
            FeatureRows rows,
            int k,
            DistanceBounds bounds,
            PanelProducts products,
            PairTiles tiles,
            Progress progress) {
        requireNeighbours(rows, k);
        NearestDistances nearest = new NearestDistances(rows.count(), k + 1);
        long count = rows.count();
        try (Progress.Task task = progress.start("distances within " + count + " rows", count * count, "pairs")) {
            long[] done = {0};
            tiles.triangle(products, rows, new RowRange(0, rows.count()), tile -> {
                offerToRows(tile, bounds, bounds, nearest);
                if (tile.mirrored()) {
                    offerToColumns(tile, bounds, nearest);
                }
                done[0] += tile.mirrored() ? 2 * tile.pairs() : tile.pairs();
                task.advanceTo(done[0]);
            });
        }
        return nearest.largest();
    }

    static void requireNeighbours(FeatureRows rows, int k) {
        if (k < 1 || k >= rows.count()) {
            throw new IllegalArgumentException("no neighbour " + k + " among " + rows.count() + " rows");
        }
    }

    /** A pair whose bound does not exclude it is computed exactly; the bound falls as nearer ones are found. */
    static void offerToRows(
            Tile tile, DistanceBounds rowBounds, DistanceBounds columnBounds, NearestDistances nearest) {
        int firstColumn = tile.columns().first();
        int columns = tile.columns().count();
        float[] low = columnBounds.low(firstColumn, columns);
        float[] products = tile.products();
        tile.forEachRow(row -> {
            int index = tile.rows().first() + row;
            float own = rowBounds.low(index);
            float limit = nearest.limit(index);
            int start = tile.start(row);
            for (int j = 0; j < columns; j++) {
                float lower = own + low[j] - 2 * products[start + j];
                if (!(lower >= limit)) {
                    limit = nearest.offer(index, firstColumn + j, tile.squaredDistance(row, j));
                }
            }
        });
    }

    private static void offerToColumns(Tile tile, DistanceBounds bounds, NearestDistances nearest) {
        int firstRow = tile.rows().first();
        int firstColumn = tile.columns().first();
        float[] low = bounds.low(firstColumn, tile.columns().count());
        float[] products = tile.products();
        tile.forColumns((from, to) -> {
            float[] limits = new float[to - from];
            for (int j = from; j < to; j++) {
                limits[j - from] = nearest.limit(firstColumn + j);
            }
            for (int i = 0; i < tile.rows().count(); i++) {
                float own = bounds.low(firstRow + i);
                int start = tile.start(i);
                for (int j = from; j < to; j++) {
                    float lower = own + low[j] - 2 * products[start + j];
                    if (!(lower >= limits[j - from])) {
                        limits[j - from] = nearest.offer(firstColumn + j, firstRow + i, tile.squaredDistance(i, j));
                    }
                }
            }
        });
    }
}
