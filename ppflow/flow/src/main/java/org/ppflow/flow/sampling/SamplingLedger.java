package org.ppflow.flow.sampling;

import java.util.ArrayList;
import java.util.List;
import org.ppflow.flow.level.Flops;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.nn.array.FloatArray;

/**
 * What sampling one image costs, counted by letting the solver run on nothing.
 *
 * @param evaluations of the velocity at each level; their sum is the NFE
 * @param passes network passes at each level: two for an evaluation with guidance, one without
 * @param flops of all passes, blocks only
 */
public record SamplingLedger(List<Integer> evaluations, List<Integer> passes, double flops) {
    public SamplingLedger {
        evaluations = List.copyOf(evaluations);
        passes = List.copyOf(passes);
    }

    /** Counts. */
    public static SamplingLedger count(
            LevelSchedule schedule, OdeSolver solver, TimeGrid grid, Guidance guidance, Flops flops) {
        guidance.requireLevels(schedule.count());
        int[] counts = new int[schedule.count()];
        FloatArray nothing = FloatArray.zeros(0);
        solver.solve(
                (x, t) -> {
                    counts[schedule.levelAt(t)]++;
                    return nothing;
                },
                nothing,
                grid);
        List<Integer> evaluations = new ArrayList<>();
        List<Integer> passes = new ArrayList<>();
        double total = 0;
        for (int level = 0; level < counts.length; level++) {
            int runs = guidance.active(level) ? 2 * counts[level] : counts[level];
            evaluations.add(counts[level]);
            passes.add(runs);
            total += runs * flops.blocks(schedule.level(level));
        }
        return new SamplingLedger(evaluations, passes, total);
    }

    /** Number of function evaluations, the field's NFE: guidance counts once. */
    public int nfe() {
        return evaluations.stream().mapToInt(Integer::intValue).sum();
    }
}
