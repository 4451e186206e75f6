package org.ppflow.app.experiment;

import java.util.List;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.level.PatchLevel;

/**
 * What a model costs over SiT: the same network that cuts the latent into the model's finest patches all the way. Counted by the blocks' FLOPs, so it needs no SiT beside it.
 *
 * @param plan of the model
 */
record ShareOfSit(ModelPlan plan) {
    static final String TRAINING = "training FLOPs, % of SiT";
    static final String SAMPLING = "sampling FLOPs, % of SiT";
    static final String TRAINING_KEY = "training_flops_share_of_sit";
    static final String SAMPLING_KEY = "sampling_flops_share_of_sit";

    /** Whether it says what no other row of a table does: not where the first model is the SiT of all, which the others are compared with, nor of a SiT alone. */
    static boolean isTold(List<ModelPlan> plans) {
        LevelSchedule first = plans.get(0).schedule();
        return first.count() > 1
                || plans.stream()
                        .anyMatch(plan -> !plan.schedule().smallestPatch().equals(first.smallestPatch()));
    }

    /** Of a training image, in (0, 1]. */
    double training() {
        return plan.flops().meanPass(plan.schedule()) / finest();
    }

    /**
     * Of a sample, in (0, 1]: SiT takes as many passes.
     *
     * @param passes of each level, guidance counted
     * @param flops of them
     */
    double sampling(List<Double> passes, double flops) {
        return flops / (passes.stream().mapToDouble(Double::doubleValue).sum() * finest());
    }

    private double finest() {
        return plan.flops().blocks(new PatchLevel(plan.schedule().smallestPatch(), 0, 1));
    }
}
