package org.ppflow.eval.statistics;

import org.ppflow.eval.linear.Blas;
import org.ppflow.eval.linear.Matrix;
import org.ppflow.eval.linear.MatrixSpace;
import org.ppflow.eval.rows.FeatureRows;
import org.ppflow.nn.array.FloatArray;

/**
 * Mean and covariance of feature vectors in fp64, batch by batch. Accumulators of parts of a set merge into that of the whole,
 * so shards and workers need to exchange these alone.
 *
 * <p>Vectors are gathered into blocks of 2048, whatever the batches. Each block is centred at its own mean before squares are
 * summed, and blocks are joined by the pairwise rule of Chan, Golub and LeVeque (<i>Updating formulae and a pairwise algorithm
 * for computing sample variances</i>, 1979): nothing cancels however far the mean is from 0, and the order of parts matters in
 * the last bits only.
 *
 * <p>Memory: an F × F matrix of doubles and a block of floats; while a block is joined, the same again outside the heap, in
 * doubles. At 2048 features 50 MB and 67 MB. Not safe for use by two threads at a time.
 */
public final class MomentAccumulator {
    private static final int BLOCK_ROWS = 2048;

    private final int size;
    private final double[] mean;
    /** Only the upper triangle. */
    private final double[] scatter;

    private final float[] block;
    private final int[] weights = new int[BLOCK_ROWS];
    private int blockRows;
    private long blockWeight;
    private long joined;

    /**
     * No vectors yet.
     *
     * @param size number of features F, at least 1
     */
    public MomentAccumulator(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("vectors of " + size + " features");
        }
        this.size = size;
        this.mean = new double[size];
        this.scatter = new double[Math.multiplyExact(size, size)];
        this.block = new float[Math.multiplyExact(BLOCK_ROWS, size)];
    }

    /** Adds vectors, [N, F]. */
    public void add(FloatArray features) {
        if (features.shape().length != 2 || features.shape()[1] != size) {
            throw new IllegalArgumentException(features + " does not hold rows of " + size + " features");
        }
        for (int row = 0; row < features.rows(); row++) {
            add(features.values(), row * size, 1);
        }
    }

    /** Adds all vectors of a set, read in pieces. */
    public void add(FeatureRows rows) {
        if (rows.size() != size) {
            throw new IllegalArgumentException("rows of " + rows.size() + " features, expected " + size);
        }
        int first = 0;
        while (first < rows.count()) {
            int taken = Math.min(BLOCK_ROWS - blockRows, rows.count() - first);
            rows.read(first, taken, block, blockRows * size);
            for (int row = 0; row < taken; row++) {
                weights[blockRows + row] = 1;
            }
            blockRows += taken;
            blockWeight += taken;
            first += taken;
            joinIfFull();
        }
    }

    /**
     * Adds one vector several times.
     *
     * @param values the vector is at offset to offset + F
     * @param weight how many times, 1 or more
     */
    void add(float[] values, int offset, int weight) {
        System.arraycopy(values, offset, block, blockRows * size, size);
        weights[blockRows] = weight;
        blockRows++;
        blockWeight += weight;
        joinIfFull();
    }

    /** Adds all that another accumulator has seen; the other does not change. */
    public void merge(MomentAccumulator other) {
        requireSize(other.size);
        if (other == this) {
            throw new IllegalArgumentException("moments merge with those of other vectors, not with themselves");
        }
        join(other.joined, other.mean, other.scatter);
        for (int row = 0; row < other.blockRows; row++) {
            add(other.block, row * size, other.weights[row]);
        }
    }

    /** Adds all vectors that moments are of. */
    public void merge(Moments other) {
        requireSize(other.size());
        join(other.count(), other.mean(), other.scatter());
    }

    /** Number of vectors so far. */
    public long count() {
        return joined + blockWeight;
    }

    /** What there is so far, to be merged elsewhere. */
    public Moments moments() {
        joinBlock();
        return new Moments(joined, mean.clone(), scatter.clone());
    }

    /** The statistics so far; at least two vectors have been added. */
    public FeatureStatistics snapshot() {
        joinBlock();
        return new Moments(joined, mean, scatter).statistics();
    }

    private void joinIfFull() {
        if (blockRows == BLOCK_ROWS) {
            joinBlock();
        }
    }

    private void joinBlock() {
        if (blockRows == 0) {
            return;
        }
        double[] blockMean = new double[size];
        for (int row = 0; row < blockRows; row++) {
            for (int i = 0; i < size; i++) {
                blockMean[i] += (double) weights[row] * block[row * size + i];
            }
        }
        for (int i = 0; i < size; i++) {
            blockMean[i] /= blockWeight;
        }
        try (MatrixSpace space = new MatrixSpace()) {
            // (rows, F): √w·(x − x̄)
            Matrix centred = space.zeros(blockRows, size);
            double[] numbers = new double[size];
            for (int row = 0; row < blockRows; row++) {
                double root = Math.sqrt(weights[row]);
                for (int i = 0; i < size; i++) {
                    numbers[i] = (block[row * size + i] - blockMean[i]) * root;
                }
                centred.setRow(row, numbers);
            }
            // Σ w(x − x̄)(x − x̄)ᵀ: (F, rows)·(rows, F) -> (F, F)
            Matrix squares = space.zeros(size, size);
            Blas.gramOfColumns(centred, blockRows, squares);
            join(blockWeight, blockMean, squares);
        }
        blockRows = 0;
        blockWeight = 0;
    }

    private void join(long count, double[] otherMean, Matrix otherScatter) {
        double[] row = new double[size];
        join(count, otherMean, (i, target) -> {
            otherScatter.getRow(i, row);
            for (int j = i; j < size; j++) {
                target[i * size + j] += row[j];
            }
        });
    }

    private void join(long count, double[] otherMean, double[] otherScatter) {
        join(count, otherMean, (i, target) -> {
            for (int j = i; j < size; j++) {
                target[i * size + j] += otherScatter[i * size + j];
            }
        });
    }

    /** S = S₁ + S₂ + δδᵀ·n₁n₂/(n₁ + n₂) with δ the difference of means. */
    private void join(long count, double[] otherMean, RowAdder otherScatter) {
        if (count == 0) {
            return;
        }
        long total = joined + count;
        double share = (double) count / total;
        double weight = joined * share;
        double[] difference = new double[size];
        for (int i = 0; i < size; i++) {
            difference[i] = otherMean[i] - mean[i];
        }
        for (int i = 0; i < size; i++) {
            otherScatter.addRow(i, scatter);
            double scaled = difference[i] * weight;
            for (int j = i; j < size; j++) {
                scatter[i * size + j] += scaled * difference[j];
            }
        }
        for (int i = 0; i < size; i++) {
            mean[i] += difference[i] * share;
        }
        joined = total;
    }

    private void requireSize(int otherSize) {
        if (otherSize != size) {
            throw new IllegalArgumentException(
                    "moments of " + otherSize + " features do not merge with those of " + size);
        }
    }

    /** Adds row i of an upper triangle to a matrix. */
    @FunctionalInterface
    private interface RowAdder {
        void addRow(int i, double[] target);
    }
}
