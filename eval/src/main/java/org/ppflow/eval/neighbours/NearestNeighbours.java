package org.ppflow.eval.neighbours;

import org.ppflow.eval.rows.FeatureRows;
import org.ppflow.nn.progress.Progress;

/**
 * The rows of a set that are nearest to some others: the training pictures that a sample looks like. Exact, as a brute-force search in fp64.
 *
 * @param indices of the nearest rows of the set for each query, nearest first; of equal distances the smaller index [queries][n]
 * @param squaredDistances to them, rising [queries][n]
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record NearestNeighbours(int[][] indices, double[][] squaredDistances) {
    /**
     * Searches a set, which is read once for each 2048 queries. Memory: 250 MB at most, 8 bytes for each of its rows and 12·n
     * for each query.
     *
     * @param queries few rows [Q, F]
     * @param set many rows [N, F]
     * @param n how many neighbours, at most N
     * @throws org.ppflow.nn.errors.BadInputException if a value is not finite
     */
    public static NearestNeighbours of(FeatureRows queries, FeatureRows set, int n, Progress progress) {
        return of(queries, set, n, PairTiles.TILE_ROWS, progress);
    }

    static NearestNeighbours of(FeatureRows queries, FeatureRows set, int n, int tileRows, Progress progress) {
        int size = PairTiles.commonSize(queries, set);
        if (n < 1 || n > set.count()) {
            throw new IllegalArgumentException("no " + n + " neighbours among " + set.count() + " rows");
        }
        float[] centre = DistanceBounds.centre(set);
        DistanceBounds queryBounds = DistanceBounds.of(queries, centre);
        DistanceBounds setBounds = new DistanceBounds(set.count(), centre);
        NearestDistances nearest = new NearestDistances(queries.count(), n);
        PairTiles tiles = new PairTiles(size, Math.max(queries.count(), set.count()), tileRows);
        RowRange rows = new RowRange(0, queries.count());
        RowRange columns = new RowRange(0, set.count());
        long pairs = (long) rows.count() * columns.count();
        try (PanelProducts products = PanelProducts.centred(centre);
                Progress.Task task = progress.start("nearest rows", pairs, "pairs")) {
            long[] done = {0};
            tiles.rectangle(products, queries, rows, set, columns, false, tile -> {
                setBounds.see(tile.columns());
                NeighbourRadii.offerToRows(tile, queryBounds, setBounds, nearest);
                done[0] += tile.pairs();
                task.advanceTo(done[0]);
            });
        }
        int[][] indices = new int[queries.count()][];
        double[][] distances = new double[queries.count()][];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = nearest.others(i);
            distances[i] = nearest.distances(i);
        }
        return new NearestNeighbours(indices, distances);
    }
}
