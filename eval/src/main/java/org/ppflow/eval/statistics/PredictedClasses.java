package org.ppflow.eval.statistics;

import org.ppflow.eval.rows.FeatureRows;

/** The most probable class of each picture, the first where two are equal. In memory: a piece, and 4 bytes a picture. */
public final class PredictedClasses {
    private static final int PIECE = 512;

    private PredictedClasses() {}

    /**
     * Reads probabilities in pieces.
     *
     * @param probabilities [n, K]
     */
    public static int[] of(FeatureRows probabilities) {
        int[] classes = new int[probabilities.count()];
        int k = probabilities.size();
        float[] piece = new float[PIECE * k];
        for (int first = 0; first < classes.length; first += PIECE) {
            int rows = Math.min(PIECE, classes.length - first);
            probabilities.read(first, rows, piece, 0);
            for (int row = 0; row < rows; row++) {
                int best = 0;
                for (int c = 1; c < k; c++) {
                    best = piece[row * k + c] > piece[row * k + best] ? c : best;
                }
                classes[first + row] = best;
            }
        }
        return classes;
    }
}
