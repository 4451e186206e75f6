package org.ppflow.eval.statistics;

import org.ppflow.nn.array.FloatArray;

/**
 * The formula of the Inception Score (Salimans et al. 2016), exp of the mean Kullback–Leibler divergence of a picture's class
 * probabilities from their mean, over all pictures at once, so that their order does not matter. 0·log 0 counts as 0.
 */
public final class InceptionScore {
    private InceptionScore() {}

    /**
     * The score.
     *
     * @param probabilities [n, K], rows that sum to 1
     * @return in [1, K]
     */
    public static double of(FloatArray probabilities) {
        int rows = probabilities.rows();
        int classes = probabilities.rowSize();
        float[] p = probabilities.values();
        if (rows == 0) {
            throw new IllegalArgumentException("no rows to score");
        }
        double[] mean = new double[classes];
        double negativeEntropy = 0;
        for (int i = 0; i < p.length; i++) {
            mean[i % classes] += (double) p[i] / rows;
            negativeEntropy += p[i] > 0 ? p[i] * Math.log(p[i]) : 0;
        }
        // Σ p (log p − log p̄) / n = Σ p log p / n − Σ p̄ log p̄
        double divergence = negativeEntropy / rows;
        for (double share : mean) {
            divergence -= share > 0 ? share * Math.log(share) : 0;
        }
        return Math.exp(divergence);
    }
}
