package org.ppflow.flow.sampling;

import java.util.ArrayList;
import java.util.List;

/** Counts evaluations of rows by level. For one thread. */
public final class EvaluationCounter implements EvaluationListener {
    private final long[] evaluations;
    private final long[] guided;

    /** Of a schedule with that many levels. */
    public EvaluationCounter(int levels) {
        this.evaluations = new long[levels];
        this.guided = new long[levels];
    }

    @Override
    public void evaluated(int level, boolean withSecondBranch, int rows) {
        evaluations[level] += rows;
        if (withSecondBranch) {
            guided[level] += rows;
        }
    }

    /** Mean over images. */
    public EvaluationCounts each(long images) {
        List<Double> means = new ArrayList<>();
        List<Double> guidedMeans = new ArrayList<>();
        for (int level = 0; level < evaluations.length; level++) {
            means.add((double) evaluations[level] / images);
            guidedMeans.add((double) guided[level] / images);
        }
        return new EvaluationCounts(means, guidedMeans);
    }
}
