package org.ppflow.eval.statistics;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.mult.MatrixMultProduct_DDRM;
import org.ppflow.nn.array.FloatArray;

/**
 * Mean and covariance of feature vectors in fp64, batch by batch. Accumulators of parts of a set merge into that of the whole,
 * so shards and workers need to exchange these alone.
 *
 * <p>Each batch is centred at its own mean before squares are summed, and parts are joined by the pairwise rule of Chan, Golub
 * and LeVeque (<i>Updating formulae and a pairwise algorithm for computing sample variances</i>, 1979): nothing
 * cancels however far the mean is from 0, and the order of parts matters in the last bits only.
 *
 * <p>Memory: two F × F matrices and one batch of doubles. Not safe for use by two threads at a time.
 */
public final class MomentAccumulator {
    private static final int BLOCK_ROWS = 1024;

    private final int size;
    private final double[] mean;
    private final double[] scatter;
    private long count;

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
    }

    /** Adds vectors, [N, F]. */
    public void add(FloatArray features) {
        if (features.shape().length != 2 || features.shape()[1] != size) {
            throw new IllegalArgumentException(features + " does not hold rows of " + size + " features");
        }
        for (int from = 0; from < features.rows(); from += BLOCK_ROWS) {
            addBlock(features.values(), from, Math.min(BLOCK_ROWS, features.rows() - from));
        }
    }

    /** Adds all that another accumulator has seen; the other does not change. */
    public void merge(MomentAccumulator other) {
        if (other.size != size) {
            throw new IllegalArgumentException(
                    "moments of " + other.size + " features do not merge with those of " + size);
        }
        merge(other.count, other.mean, other.scatter);
    }

    /** Number of vectors so far. */
    public long count() {
        return count;
    }

    /** The statistics so far; at least two vectors have been added. */
    public FeatureStatistics snapshot() {
        if (count < 2) {
            throw new IllegalStateException("a covariance needs 2 vectors or more, got " + count);
        }
        double[] covariance = new double[scatter.length];
        for (int i = 0; i < covariance.length; i++) {
            covariance[i] = scatter[i] / (count - 1);
        }
        return new FeatureStatistics(count, mean.clone(), covariance);
    }

    private void addBlock(float[] values, int from, int rows) {
        double[] blockMean = new double[size];
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < size; i++) {
                blockMean[i] += values[(from + row) * size + i];
            }
        }
        for (int i = 0; i < size; i++) {
            blockMean[i] /= rows;
        }
        // (rows, F)
        DMatrixRMaj centred = new DMatrixRMaj(rows, size);
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < size; i++) {
                centred.data[row * size + i] = values[(from + row) * size + i] - blockMean[i];
            }
        }
        // Σ (x − x̄)(x − x̄)ᵀ: (F, rows)·(rows, F) -> (F, F)
        DMatrixRMaj blockScatter = new DMatrixRMaj(size, size);
        MatrixMultProduct_DDRM.inner_reorder(centred, blockScatter);
        merge(rows, blockMean, blockScatter.data);
    }

    /** S = S₁ + S₂ + δδᵀ·n₁n₂/(n₁ + n₂) with δ the difference of means. */
    private void merge(long otherCount, double[] otherMean, double[] otherScatter) {
        if (otherCount == 0) {
            return;
        }
        long total = count + otherCount;
        double share = (double) otherCount / total;
        double weight = count * share;
        double[] difference = new double[size];
        for (int i = 0; i < size; i++) {
            difference[i] = otherMean[i] - mean[i];
        }
        for (int i = 0; i < size; i++) {
            double scaled = difference[i] * weight;
            for (int j = 0; j < size; j++) {
                scatter[i * size + j] += otherScatter[i * size + j] + scaled * difference[j];
            }
        }
        for (int i = 0; i < size; i++) {
            mean[i] += difference[i] * share;
        }
        count = total;
    }
}
