package org.ppflow.flow.sampling;

import java.util.ArrayList;
import java.util.List;

/**
 * Evaluations that one image takes; whole numbers unless a solver chooses its steps for each image, when they are means.
 *
 * @param evaluations of each level
 * @param guided those of them that needed the second branch
 */
public record EvaluationCounts(List<Double> evaluations, List<Double> guided) {
    public EvaluationCounts {
        evaluations = List.copyOf(evaluations);
        guided = List.copyOf(guided);
        if (evaluations.size() != guided.size()) {
            throw new IllegalArgumentException("levels differ: " + evaluations.size() + " and " + guided.size());
        }
    }

    /** Number of function evaluations, the field's NFE: guidance counts once. */
    public double nfe() {
        return evaluations.stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Whether any evaluation needed the second branch. */
    public boolean isGuided() {
        return guided.stream().anyMatch(count -> count > 0);
    }

    /** Network passes of each level where the second branch is the same network: evaluations, and once more where guided. */
    public List<Double> passes() {
        List<Double> passes = new ArrayList<>();
        for (int level = 0; level < evaluations.size(); level++) {
            passes.add(evaluations.get(level) + guided.get(level));
        }
        return passes;
    }
}
