package org.ppflow.eval.statistics;

import java.util.ArrayList;
import java.util.List;
import org.ppflow.nn.array.FloatArray;

/**
 * How often a classifier gives pictures the class that they should have.
 *
 * @param count pictures
 * @param share that agrees, in [0, 1]
 * @param byClass share of each class; NaN where none was asked for
 */
public record LabelAgreement(int count, double share, List<Double> byClass) {
    public LabelAgreement {
        byClass = List.copyOf(byClass);
    }

    /**
     * Compares the most probable class of each row with the one asked for.
     *
     * @param probabilities [n, K]
     * @param labels class of each row, in [0, K)
     */
    public static LabelAgreement of(FloatArray probabilities, int[] labels) {
        int classes = probabilities.rowSize();
        if (labels.length != probabilities.rows() || labels.length == 0) {
            throw new IllegalArgumentException(probabilities + " needs one label a row, got " + labels.length);
        }
        int[] asked = new int[classes];
        int[] agreed = new int[classes];
        for (int row = 0; row < labels.length; row++) {
            asked[labels[row]]++;
            agreed[labels[row]] += mostProbable(probabilities, row) == labels[row] ? 1 : 0;
        }
        int all = 0;
        List<Double> shares = new ArrayList<>(classes);
        for (int label = 0; label < classes; label++) {
            all += agreed[label];
            shares.add(asked[label] == 0 ? Double.NaN : (double) agreed[label] / asked[label]);
        }
        return new LabelAgreement(labels.length, (double) all / labels.length, shares);
    }

    /** √(p(1 − p)/n), the standard error of the share as an estimate for the model that made the pictures. */
    public double standardError() {
        return Math.sqrt(share * (1 - share) / count);
    }

    private static int mostProbable(FloatArray probabilities, int row) {
        int classes = probabilities.rowSize();
        int best = 0;
        for (int label = 1; label < classes; label++) {
            if (probabilities.values()[row * classes + label] > probabilities.values()[row * classes + best]) {
                best = label;
            }
        }
        return best;
    }
}
