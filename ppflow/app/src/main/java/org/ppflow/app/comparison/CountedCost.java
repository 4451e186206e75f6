package org.ppflow.app.comparison;

import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.app.experiment.ModelPlan;
import org.ppflow.data.codec.LatentShape;
import org.ppflow.flow.level.Flops;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.level.PatchLevel;

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
        double images = (double) config.training().images() / baselineImages;
        return 100
                * switch (cost) {
                    case TRAINING_FLOPS -> images * flops.share(schedule, SIT);
                    case PACKED_TRAINING_FLOPS -> images * packedShare(schedule, config);
                    case SAMPLING_FLOPS -> flops.share(schedule, SIT);
                };
    }

    /** Rows of full length that the images of all levels fill, a SiT's image filling one (paper, section 3: 62.5 and 50 %). */
    private static double packedShare(LevelSchedule schedule, ExperimentConfig config) {
        LatentShape latent = config.data().latentShape();
        double rows = 0;
        for (PatchLevel level : schedule.levels()) {
            rows += level.length() * level.patch().tokens(latent.height(), latent.width());
        }
        return rows / SIT.level(0).patch().tokens(latent.height(), latent.width());
    }
}
