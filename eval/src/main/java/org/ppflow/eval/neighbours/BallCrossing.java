package org.ppflow.eval.neighbours;

import java.util.concurrent.atomic.LongAdder;
import org.ppflow.eval.rows.FeatureRows;
import org.ppflow.nn.progress.Progress;

/** Which rows of two sets are inside the balls of the other. A pair is computed exactly where its bounds leave the answer open. */
final class BallCrossing {
    private final Balls references;
    private final Balls samples;
    private final LongAdder pairsInside = new LongAdder();
    private final boolean[] covered;

    BallCrossing(Balls references, Balls samples) {
        this.references = references;
        this.samples = samples;
        this.covered = new boolean[references.count()];
    }

    void cross(
            FeatureRows reference, FeatureRows sampleRows, PanelProducts products, PairTiles tiles, Progress progress) {
        RowRange rows = new RowRange(0, reference.count());
        RowRange columns = new RowRange(0, sampleRows.count());
        long pairs = (long) rows.count() * columns.count();
        try (Progress.Task task = progress.start("distances between the sets", pairs, "pairs")) {
            long[] done = {0};
            tiles.rectangle(products, reference, rows, sampleRows, columns, false, tile -> {
                seeReferences(tile);
                seeSamples(tile);
                done[0] += tile.pairs();
                task.advanceTo(done[0]);
            });
        }
    }

    /** Each reference image: samples inside its own ball, and the balls of samples that it is inside of. */
    private void seeReferences(Tile tile) {
        int firstColumn = tile.columns().first();
        int columns = tile.columns().count();
        float[] low = samples.bounds().low(firstColumn, columns);
        float[] inverse = samples.inverse(firstColumn, columns);
        float[] products = tile.products();
        tile.forEachRow(row -> {
            int index = tile.rows().first() + row;
            float own = references.bounds().low(index);
            float radius = NearestDistances.roundedUp(references.radius(index));
            float limit = references.limit(index);
            int start = tile.start(row);
            int inside = 0;
            for (int j = 0; j < columns; j++) {
                float lower = own + low[j] - 2 * products[start + j];
                if (!(lower > radius) && isInside(tile, row, j, lower)) {
                    inside++;
                }
                if (!(lower * inverse[j] >= limit)) {
                    limit = references.found(index, tile.squaredDistance(row, j), samples.radius(firstColumn + j));
                }
            }
            if (inside > 0) {
                pairsInside.add(inside);
                covered[index] = true;
            }
        });
    }

    private boolean isInside(Tile tile, int row, int column, float lower) {
        int reference = tile.rows().first() + row;
        double radius = references.radius(reference);
        double upper = lower
                + references.bounds().width(reference)
                + samples.bounds().width(tile.columns().first() + column);
        return upper <= radius || tile.squaredDistance(row, column) <= radius;
    }

    /** Each sample: the balls of reference images that it is inside of. */
    private void seeSamples(Tile tile) {
        int firstRow = tile.rows().first();
        int firstColumn = tile.columns().first();
        float[] low = samples.bounds().low(firstColumn, tile.columns().count());
        float[] products = tile.products();
        tile.forColumns((from, to) -> {
            float[] limits = new float[to - from];
            for (int j = from; j < to; j++) {
                limits[j - from] = samples.limit(firstColumn + j);
            }
            for (int i = 0; i < tile.rows().count(); i++) {
                float own = references.bounds().low(firstRow + i);
                float inverse = references.inverse(firstRow + i);
                int start = tile.start(i);
                for (int j = from; j < to; j++) {
                    float lower = own + low[j] - 2 * products[start + j];
                    if (!(lower * inverse >= limits[j - from])) {
                        limits[j - from] = samples.found(
                                firstColumn + j, tile.squaredDistance(i, j), references.radius(firstRow + i));
                    }
                }
            }
        });
    }

    PrecisionRecall result(int k) {
        int coveredImages = 0;
        for (boolean one : covered) {
            coveredImages += one ? 1 : 0;
        }
        return new PrecisionRecall(
                k,
                samples.shareInside(),
                references.shareInside(),
                (double) pairsInside.sum() / ((double) k * samples.count()),
                (double) coveredImages / references.count(),
                samples.margins(),
                references.margins());
    }
}
