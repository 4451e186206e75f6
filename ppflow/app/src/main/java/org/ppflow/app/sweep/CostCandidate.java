package org.ppflow.app.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One way of sampling.
 *
 * @param boundaries between the levels, upwards inside (0, 1)
 * @param steps of the solver
 */
public record CostCandidate(List<Double> boundaries, int steps) {
    public CostCandidate {
        boundaries = List.copyOf(boundaries);
    }

    /**
     * Every combination whose boundaries go upwards; steps change fastest.
     *
     * @param choices values of each boundary
     * @param steps numbers of steps
     */
    public static List<CostCandidate> all(List<List<Double>> choices, List<Integer> steps) {
        List<List<Double>> combined = List.of(List.of());
        for (List<Double> values : choices) {
            List<List<Double>> longer = new ArrayList<>();
            for (List<Double> one : combined) {
                for (double value : values) {
                    if (one.isEmpty() || value > one.get(one.size() - 1)) {
                        List<Double> more = new ArrayList<>(one);
                        more.add(value);
                        longer.add(more);
                    }
                }
            }
            combined = longer;
        }
        return combined.stream()
                .flatMap(boundaries -> steps.stream().map(count -> new CostCandidate(boundaries, count)))
                .distinct()
                .toList();
    }

    /** For people: {@code 0.5 0.75, 20 steps}. */
    public String label() {
        String steady = steps + (steps == 1 ? " step" : " steps");
        return boundaries.isEmpty()
                ? steady
                : boundaries.stream().map(String::valueOf).collect(Collectors.joining(" ")) + ", " + steady;
    }
}
