package org.ppflow.flow.sampling;

import org.ppflow.flow.level.Flops;
import org.ppflow.flow.level.LevelSchedule;

/**
 * What a pass of a model costs at each of its levels.
 *
 * @param flops of its network
 * @param schedule its levels
 */
public record SamplingCost(Flops flops, LevelSchedule schedule) {
    /** Every matrix product of one image's evaluations. */
    double all(java.util.List<Double> passes) {
        double sum = 0;
        for (int level = 0; level < passes.size(); level++) {
            sum += passes.get(level) * flops.all(schedule.level(level).patch());
        }
        return sum;
    }

    /** The blocks' part of it. */
    double blocks(java.util.List<Double> passes) {
        double sum = 0;
        for (int level = 0; level < passes.size(); level++) {
            sum += passes.get(level) * flops.blocks(schedule.level(level));
        }
        return sum;
    }
}
