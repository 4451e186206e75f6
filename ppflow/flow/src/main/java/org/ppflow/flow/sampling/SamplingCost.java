package org.ppflow.flow.sampling;

import org.ppflow.flow.level.Flops;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.level.PatchSize;

/**
 * What a pass of a model costs at each of its levels.
 *
 * @param flops of its network
 * @param schedule levels that it is sampled with
 * @param finest the model's smallest patches, which SiT has all the time: what costs are compared with
 */
public record SamplingCost(Flops flops, LevelSchedule schedule, PatchSize finest) {
    /** Of a model that is sampled with its own levels. */
    public SamplingCost(Flops flops, LevelSchedule schedule) {
        this(flops, schedule, schedule.smallestPatch());
    }

    /** Every matrix product of one image's evaluations. */
    double all(java.util.List<Double> passes) {
        double sum = 0;
        for (int level = 0; level < passes.size(); level++) {
            sum += passes.get(level) * flops.all(schedule, level);
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
