package org.ppflow.eval.statistics;

import org.ppflow.eval.linear.Blas;
import org.ppflow.eval.linear.Blas.Form;
import org.ppflow.eval.linear.Matrix;
import org.ppflow.eval.linear.MatrixSpace;
import org.ppflow.eval.rows.FeatureRows;

/** A bootstrap interval of an Inception Score. */
public final class InceptionScoreBootstrap {
    private static final int BLOCK_ROWS = 512;

    private InceptionScoreBootstrap() {}

    /**
     * The interval of the score of all rows as one part. The order of rows matters in the last bits only.
     *
     * <p>All B resamples share one pass, in which sums over images are products of a matrix of weights with one of
     * probabilities. Memory: B bytes a row, 8·B·classes, and pieces of 512 rows: 50 MB for 200 resamples of 50 000 rows of 1008
     * classes. Time: 2·B floating-point operations a probability.
     *
     * @param probabilities [N, classes]
     * @param keys one for each row, made from the pictures' content
     */
    public static BootstrapInterval of(FeatureRows probabilities, long[] keys, BootstrapInterval.Options options) {
        int count = probabilities.count();
        int classes = probabilities.size();
        int resamples = options.resamples();
        if (keys.length != count) {
            throw new IllegalArgumentException(count + " rows and " + keys.length + " keys");
        }
        byte[][] weights = weights(KeyOrder.of(keys), options);
        try (MatrixSpace space = new MatrixSpace()) {
            Matrix blockWeights = space.zeros(resamples, BLOCK_ROWS);
            // Probabilities, and Σ p·log p as one more column.
            Matrix block = space.zeros(BLOCK_ROWS, classes + 1);
            Matrix sums = space.zeros(resamples, classes + 1);
            float[] values = new float[BLOCK_ROWS * classes];
            for (int first = 0; first < count; first += BLOCK_ROWS) {
                int rows = Math.min(BLOCK_ROWS, count - first);
                probabilities.read(first, rows, values, 0);
                setBlock(block, values, rows);
                setWeights(blockWeights, weights, first, rows);
                // (B, rows)·(rows, classes + 1) -> (B, classes + 1)
                Blas.multiply(blockWeights, Form.PLAIN, block, Form.PLAIN, 1, sums);
            }
            double[] scores = new double[resamples];
            double[] row = new double[classes + 1];
            double[] mean = new double[classes];
            for (int i = 0; i < resamples; i++) {
                sums.getRow(i, row);
                System.arraycopy(row, 0, mean, 0, classes);
                scores[i] = InceptionScore.score(row[classes], mean, count);
            }
            return BootstrapInterval.of(InceptionScore.of(probabilities), scores);
        }
    }

    private static byte[][] weights(int[] order, BootstrapInterval.Options options) {
        byte[][] weights = new byte[options.resamples()][order.length];
        for (int i = 0; i < weights.length; i++) {
            int[] counts = BootstrapInterval.weights(order, options, i);
            for (int row = 0; row < counts.length; row++) {
                // More than 127 draws of one row have a probability of 1e-200.
                weights[i][row] = (byte) Math.min(Byte.MAX_VALUE, counts[row]);
            }
        }
        return weights;
    }

    /** Rows beyond the last count nothing, since their weights are 0. */
    private static void setBlock(Matrix block, float[] values, int rows) {
        int classes = block.columns() - 1;
        double[] row = new double[classes + 1];
        for (int i = 0; i < rows; i++) {
            row[classes] = 0;
            for (int j = 0; j < classes; j++) {
                row[j] = values[i * classes + j];
                row[classes] += InceptionScore.timesLog(row[j]);
            }
            block.setRow(i, row);
        }
    }

    private static void setWeights(Matrix target, byte[][] weights, int first, int rows) {
        double[] row = new double[BLOCK_ROWS];
        for (int i = 0; i < weights.length; i++) {
            for (int j = 0; j < BLOCK_ROWS; j++) {
                row[j] = j < rows ? weights[i][first + j] : 0;
            }
            target.setRow(i, row);
        }
    }
}
