package org.ppflow.app.sample;

import java.util.ArrayList;
import java.util.List;
import org.ppflow.flow.sampling.EvaluationCounts;

/**
 * What batches took: sums over their rows, for means over all of them.
 *
 * @param rows drawn, padding included
 * @param seconds in solver and network
 * @param evaluations of each level
 * @param guided those with a second branch
 * @param guide evaluations of the weaker model's levels; empty without one
 */
record SampleCounts(double rows, double seconds, List<Double> evaluations, List<Double> guided, List<Double> guide) {
    SampleCounts {
        evaluations = List.copyOf(evaluations);
        guided = List.copyOf(guided);
        guide = List.copyOf(guide);
    }

    static SampleCounts none(int levels, int guideLevels) {
        return new SampleCounts(0, 0, zeros(levels), zeros(levels), zeros(guideLevels));
    }

    static SampleCounts of(int rows, double seconds, EvaluationCounts each, EvaluationCounts guideEach) {
        return new SampleCounts(
                rows,
                seconds,
                times(each.evaluations(), rows),
                times(each.guided(), rows),
                times(guideEach.evaluations(), rows));
    }

    static SampleCounts ofArray(int levels, double... array) {
        List<Double> values = new ArrayList<>();
        for (double value : array) {
            values.add(value);
        }
        return new SampleCounts(
                values.get(0),
                values.get(1),
                values.subList(2, 2 + levels),
                values.subList(2 + levels, 2 + 2 * levels),
                values.subList(2 + 2 * levels, values.size()));
    }

    double[] toArray() {
        List<Double> values = new ArrayList<>(List.of(rows, seconds));
        values.addAll(evaluations);
        values.addAll(guided);
        values.addAll(guide);
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    SampleCounts plus(SampleCounts other) {
        return new SampleCounts(
                rows + other.rows,
                seconds + other.seconds,
                sum(evaluations, other.evaluations),
                sum(guided, other.guided),
                sum(guide, other.guide));
    }

    EvaluationCounts each() {
        return new EvaluationCounts(times(evaluations, 1 / rows), times(guided, 1 / rows));
    }

    EvaluationCounts guideEach() {
        return new EvaluationCounts(times(guide, 1 / rows), zeros(guide.size()));
    }

    private static List<Double> zeros(int count) {
        return java.util.Collections.nCopies(count, 0.0);
    }

    private static List<Double> times(List<Double> values, double factor) {
        return values.stream().map(value -> value * factor).toList();
    }

    private static List<Double> sum(List<Double> first, List<Double> second) {
        List<Double> sums = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            sums.add(first.get(i) + second.get(i));
        }
        return sums;
    }
}
