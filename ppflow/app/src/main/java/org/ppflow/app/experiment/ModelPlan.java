package org.ppflow.app.experiment;

import java.util.Optional;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.app.config.SamplingConfig;
import org.ppflow.app.run.RunFolder;
import org.ppflow.data.codec.LatentShape;
import org.ppflow.flow.level.BatchPlan;
import org.ppflow.flow.level.Flops;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.model.DitConfig;
import org.ppflow.flow.model.ModelDescription;
import org.ppflow.flow.sampling.SampleClasses;
import org.ppflow.flow.sampling.Sampler;
import org.ppflow.flow.sampling.SamplingCost;
import org.ppflow.flow.sampling.SamplingLedger;
import org.ppflow.flow.sampling.SamplingPlan;

/**
 * What a config means for one schedule.
 *
 * @param description network and levels
 * @param batch images of each level in a training step
 * @param sampler how samples are drawn
 * @param ledger what one sample costs; empty where the solver chooses its steps
 */
public record ModelPlan(
        ModelDescription description, BatchPlan batch, Sampler sampler, Optional<SamplingLedger> ledger) {
    /** The network of a config with a schedule, whatever its batch. */
    public static DitConfig network(ExperimentConfig config, LevelSchedule schedule) {
        LatentShape latent = config.data().latentShape();
        return new DitConfig(
                latent.channels(),
                latent.height(),
                latent.width(),
                config.model().depth(),
                config.model().hidden(),
                config.model().heads(),
                config.model().mlpRatio(),
                config.data().classes(),
                config.model().classDropout(),
                config.model().learnSigma(),
                config.model().levelEmbedding() && schedule.hasLevelTable(),
                config.model().position());
    }

    /** Works it out; nothing runs. */
    public static ModelPlan of(ExperimentConfig config, LevelSchedule schedule) {
        DitConfig network = network(config, schedule);
        ModelDescription description =
                new ModelDescription(network, schedule, config.model().transport());
        Sampler sampler = sampler(config, network, config.sampling(), schedule);
        return new ModelPlan(
                description,
                BatchPlan.split(schedule, config.training().batch()),
                sampler,
                ledger(new SamplingCost(network.flops(), schedule), sampler.plan()));
    }

    /**
     * How samples of a network are drawn.
     *
     * @param config seed and transport
     * @param sampling all else
     * @param levels to sample with: those of the network, or others with the same patches
     */
    static Sampler sampler(ExperimentConfig config, DitConfig network, SamplingConfig sampling, LevelSchedule levels) {
        SamplingPlan plan = new SamplingPlan(
                sampling.method(levels, config.model().transport()),
                config.model().transport(),
                sampling.guidanceOf(levels),
                sampling.boundary());
        return new Sampler(
                config.seed(), network, plan, new SampleClasses.Balanced(network.classes()), sampling.batch());
    }

    /** What a sample costs; empty where the solver chooses its steps. */
    static Optional<SamplingLedger> ledger(SamplingCost cost, SamplingPlan plan) {
        return plan.method().countable()
                ? Optional.of(SamplingLedger.count(cost, plan, Optional.empty()))
                : Optional.empty();
    }

    /** Name of the model: that of its schedule. */
    public String name() {
        return schedule().name();
    }

    /** Its levels. */
    public LevelSchedule schedule() {
        return description.schedule();
    }

    /** Its count of operations. */
    public Flops flops() {
        return description.config().flops();
    }

    /** Folder of the model inside the run. */
    String folder() {
        return RunFolder.MODELS + "/" + name().replace('/', '-');
    }
}
