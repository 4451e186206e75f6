package org.ppflow.app.command;

import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.app.experiment.ModelPlan;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.model.DitConfig;

/**
 * The network that a config describes, for any schedule.
 *
 * @param name of the config
 * @param config that has it
 */
public record ConfigNetwork(String name, ExperimentConfig config) {
    /** The latent that it is trained on. */
    public LatentSize latent() {
        DitConfig network = ModelPlan.network(config, LevelSchedule.SIT);
        return new LatentSize(network.channels(), network.height(), network.width());
    }

    /** The network on a latent, its own or another. */
    public DitConfig on(LatentSize latent, LevelSchedule schedule) {
        return latent.of(ModelPlan.network(config, schedule));
    }

    /** Whether both configs describe the same network on the same latent. */
    public boolean sameAs(ConfigNetwork other) {
        return ModelPlan.network(config, LevelSchedule.SIT).equals(ModelPlan.network(other.config, LevelSchedule.SIT));
    }

    /** For people: {@code mine, depth 4, hidden 128}. */
    @Override
    public String toString() {
        return name + ", depth " + config.model().depth() + ", hidden "
                + config.model().hidden();
    }
}
