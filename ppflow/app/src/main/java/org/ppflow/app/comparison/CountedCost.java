package org.ppflow.app.comparison;

import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.app.experiment.ModelPlan;
import org.ppflow.data.codec.LatentShape;
import org.ppflow.flow.level.Flops;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.level.PackedRows;

/** Costs as shares of a SiT of the same size, counted from the config. */
final class CountedCost {
    private static final LevelSchedule SIT = LevelSchedule.preset("sit");

    private CountedCost() {}

    /**
     * Percent.
     *
     * @param config with one schedule
     * @param baselineImages images that the SiT is trained on
     */
    static double percent(TableSpec.Cost cost, ExperimentConfig config, long baselineImages) {
        LevelSchedule schedule = config.schedules().get(0);
        Flops flops = ModelPlan.of(config, schedule).flops();
        LatentShape latent = config.data().latentShape();
        double images = (double) config.training().images() / baselineImages;
        return 100
                * switch (cost) {
                    case TRAINING_FLOPS -> images * flops.share(schedule, SIT);
                    case PACKED_TRAINING_FLOPS ->
                        images
                                * PackedRows.smallest(schedule, latent.height(), latent.width())
                                        .share();
                    case SAMPLING_FLOPS -> flops.share(schedule, SIT);
                };
    }
}
