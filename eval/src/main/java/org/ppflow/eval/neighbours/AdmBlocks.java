package org.ppflow.eval.neighbours;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.ppflow.eval.rows.FeatureRows;
import org.ppflow.nn.progress.Progress;

/**
 * Distances in blocks, each in fp16 if it is finite and else in fp32. A block and its mirror image share products, though not distances:
 * |u|² − 2uv + |v|² rounds otherwise than |v|² − 2uv + |u|².
 */
final class AdmBlocks implements AutoCloseable {
    private final int block;
    private final PairTiles tiles;
    private final PanelProducts halves;
    private final PanelProducts floats;
    private int redone;

    AdmBlocks(int size, int largest, int block, int tileRows) {
        this.block = block;
        this.tiles = new PairTiles(size, largest, tileRows);
        this.halves = PanelProducts.doubledHalves(size);
        this.floats = PanelProducts.plain(size);
    }

    /** The (k + 1)-th smallest squared distance of each row to its own set, itself included. */
    double[] radii(FeatureRows rows, AdmNorms norms, int k, Progress progress) {
        NearestDistances nearest = new NearestDistances(rows.count(), k + 1);
        List<RowRange> blocks = new RowRange(0, rows.count()).blocks(block);
        long count = rows.count();
        try (Progress.Task task = progress.start("fp16 distances within " + count + " rows", count * count, "pairs")) {
            long done = 0;
            for (int i = 0; i < blocks.size(); i++) {
                RowRange first = blocks.get(i);
                BlockPrecision own = precision(rows, norms, first, rows, norms, first);
                tiles.triangle(products(own), rows, first, tile -> {
                    offerToRows(tile, norms.in(own), own, nearest);
                    if (tile.mirrored()) {
                        offerToColumns(tile, norms.in(own), own, nearest);
                    }
                });
                done += (long) first.count() * first.count();
                task.advanceTo(done);
                for (RowRange second : blocks.subList(i + 1, blocks.size())) {
                    offerBoth(rows, norms, first, second, nearest);
                    done += 2L * first.count() * second.count();
                    task.advanceTo(done);
                }
            }
        }
        return nearest.largest();
    }

    /** A block beside the diagonal and its mirror image, which may need different arithmetic. */
    private void offerBoth(
            FeatureRows rows, AdmNorms norms, RowRange first, RowRange second, NearestDistances nearest) {
        BlockPrecision forRows = precision(rows, norms, first, rows, norms, second);
        BlockPrecision forColumns = precision(rows, norms, second, rows, norms, first);
        for (BlockPrecision precision : BlockPrecision.values()) {
            if (forRows == precision || forColumns == precision) {
                tiles.rectangle(products(precision), rows, first, rows, second, true, tile -> {
                    if (forRows == precision) {
                        offerToRows(tile, norms.in(precision), precision, nearest);
                    }
                    if (forColumns == precision) {
                        offerToColumns(tile, norms.in(precision), precision, nearest);
                    }
                });
            }
        }
    }

    /** Reference images as rows, samples as columns. */
    void cross(
            FeatureRows reference,
            AdmNorms referenceNorms,
            FeatureRows samples,
            AdmNorms sampleNorms,
            AdmCrossing crossing,
            Progress progress) {
        long pairs = (long) reference.count() * samples.count();
        try (Progress.Task task = progress.start("fp16 distances between the sets", pairs, "pairs")) {
            long done = 0;
            for (RowRange rows : new RowRange(0, reference.count()).blocks(block)) {
                for (RowRange columns : new RowRange(0, samples.count()).blocks(block)) {
                    BlockPrecision precision =
                            precision(reference, referenceNorms, rows, samples, sampleNorms, columns);
                    Consumer<Tile> visitor = tile ->
                            crossing.see(tile, referenceNorms.in(precision), sampleNorms.in(precision), precision);
                    tiles.rectangle(products(precision), reference, rows, samples, columns, false, visitor);
                    done += (long) rows.count() * columns.count();
                    task.advanceTo(done);
                }
            }
        }
    }

    /** Number of blocks that were found not finite so far. */
    int redone() {
        return redone;
    }

    private PanelProducts products(BlockPrecision precision) {
        return precision == BlockPrecision.FP16 ? halves : floats;
    }

    /** Norms decide for nearly all blocks; the rest is computed once for this alone. */
    private BlockPrecision precision(
            FeatureRows rows,
            AdmNorms rowNorms,
            RowRange rowRange,
            FeatureRows columns,
            AdmNorms columnNorms,
            RowRange columnRange) {
        if (AdmNorms.surelyFinite(rowNorms, rowRange, columnNorms, columnRange)) {
            return BlockPrecision.FP16;
        }
        if (!rowNorms.overflows(rowRange) && !columnNorms.overflows(columnRange)) {
            AtomicBoolean finite = new AtomicBoolean(true);
            float[] normsU = rowNorms.in(BlockPrecision.FP16);
            float[] normsV = columnNorms.in(BlockPrecision.FP16);
            tiles.rectangle(halves, rows, rowRange, columns, columnRange, false, tile -> {
                if (finite.get() && !isFinite(tile, normsU, normsV)) {
                    finite.set(false);
                }
            });
            if (finite.get()) {
                return BlockPrecision.FP16;
            }
        }
        redone++;
        return BlockPrecision.FP32;
    }

    private static boolean isFinite(Tile tile, float[] normsU, float[] normsV) {
        AtomicBoolean finite = new AtomicBoolean(true);
        int firstColumn = tile.columns().first();
        tile.forEachRow(row -> {
            float own = normsU[tile.rows().first() + row];
            int start = tile.start(row);
            for (int j = 0; j < tile.columns().count(); j++) {
                float product = tile.products()[start + j];
                if (!Float.isFinite(HalfArithmetic.distance(own, product, normsV[firstColumn + j]))) {
                    finite.set(false);
                    return;
                }
            }
        });
        return finite.get();
    }

    private static void offerToRows(Tile tile, float[] norms, BlockPrecision precision, NearestDistances nearest) {
        int firstColumn = tile.columns().first();
        int columns = tile.columns().count();
        float[] products = tile.products();
        tile.forEachRow(row -> {
            int index = tile.rows().first() + row;
            float own = norms[index];
            float limit = nearest.limit(index);
            int start = tile.start(row);
            for (int j = 0; j < columns; j++) {
                float distance = precision.distance(own, products[start + j], norms[firstColumn + j]);
                if (distance < limit) {
                    limit = nearest.offer(index, firstColumn + j, distance);
                }
            }
        });
    }

    private static void offerToColumns(Tile tile, float[] norms, BlockPrecision precision, NearestDistances nearest) {
        int firstRow = tile.rows().first();
        int firstColumn = tile.columns().first();
        float[] products = tile.products();
        tile.forColumns((from, to) -> {
            float[] limits = new float[to - from];
            for (int j = from; j < to; j++) {
                limits[j - from] = nearest.limit(firstColumn + j);
            }
            for (int i = 0; i < tile.rows().count(); i++) {
                float other = norms[firstRow + i];
                int start = tile.start(i);
                for (int j = from; j < to; j++) {
                    float distance = precision.distance(norms[firstColumn + j], products[start + j], other);
                    if (distance < limits[j - from]) {
                        limits[j - from] = nearest.offer(firstColumn + j, firstRow + i, distance);
                    }
                }
            }
        });
    }

    @Override
    public void close() {
        halves.close();
        floats.close();
    }
}
