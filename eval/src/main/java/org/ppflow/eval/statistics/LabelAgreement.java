package org.ppflow.eval.statistics;

import java.util.ArrayList;
import java.util.List;
import org.ppflow.eval.rows.ArrayRows;
import org.ppflow.eval.rows.FeatureRows;
import org.ppflow.nn.array.FloatArray;

/**
 * How often a classifier sees in an image the class that was asked for: its most probable class, the first where two are equal.
 * On labelled pictures of a data set this is the classifier's accuracy.
 *
 * @param classes one entry for each class of the classifier
 */
public record LabelAgreement(List<ClassCount> classes) {
    /** Normal quantile of a two-sided 95 % interval. */
    private static final double Z95 = 1.959963984540054;

    /**
     * Images that were asked to show one class.
     *
     * @param label the class
     * @param count number of images
     * @param agreed how many of them the classifier gives that class
     */
    public record ClassCount(int label, int count, int agreed) {}

    /** Bounds of a share, in [0, 1]. */
    public record Interval(double low, double high) {}

    public LabelAgreement {
        classes = List.copyOf(classes);
        if (classes.stream().mapToInt(ClassCount::count).sum() == 0) {
            throw new IllegalArgumentException("no images, no agreement");
        }
    }

    /**
     * Counts agreements. Rows are read once, in pieces.
     *
     * @param probabilities [N, classes]
     * @param asked class of each row, below the number of classes
     */
    public static LabelAgreement of(FeatureRows probabilities, int... asked) {
        int size = probabilities.size();
        if (asked.length != probabilities.count()) {
            throw new IllegalArgumentException(asked.length + " labels for " + probabilities.count() + " rows");
        }
        int[] count = new int[size];
        int[] agreed = new int[size];
        int[] seen = PredictedClasses.of(probabilities);
        for (int row = 0; row < asked.length; row++) {
            count[asked[row]]++;
            if (seen[row] == asked[row]) {
                agreed[asked[row]]++;
            }
        }
        List<ClassCount> classes = new ArrayList<>(size);
        for (int label = 0; label < size; label++) {
            classes.add(new ClassCount(label, count[label], agreed[label]));
        }
        return new LabelAgreement(classes);
    }

    /** Counts agreements of rows in memory. */
    public static LabelAgreement of(FloatArray probabilities, int... asked) {
        return of(new ArrayRows(probabilities), asked);
    }

    /** Number of images n. */
    public int count() {
        return classes.stream().mapToInt(ClassCount::count).sum();
    }

    /** Number of images on whose class the classifier agrees. */
    public int agreed() {
        return classes.stream().mapToInt(ClassCount::agreed).sum();
    }

    /** Share of images on whose class the classifier agrees, p. */
    public double share() {
        return (double) agreed() / count();
    }

    /** √(p(1 − p)/n). It is 0 at p = 0 and 1, where it says too little: look at {@link #interval95} there. */
    public double standardError() {
        return Math.sqrt(share() * (1 - share()) / count());
    }

    /** Wilson's interval at 95 % (1927), which has a width at p = 0 and 1 too: 500 of 500 give [0.9924, 1]. */
    public Interval interval95() {
        double n = count();
        double p = share();
        double centre = (p + Z95 * Z95 / (2 * n)) / (1 + Z95 * Z95 / n);
        double half = Z95 / (1 + Z95 * Z95 / n) * Math.sqrt(p * (1 - p) / n + Z95 * Z95 / (4 * n * n));
        return new Interval(Math.max(0, centre - half), Math.min(1, centre + half));
    }
}
