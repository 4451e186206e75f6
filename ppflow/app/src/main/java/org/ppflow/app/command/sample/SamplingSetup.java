package org.ppflow.app.command.sample;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import org.ppflow.app.command.GuidanceOptions;
import org.ppflow.app.command.LatentSize;
import org.ppflow.app.command.ModelOptions;
import org.ppflow.app.sample.SampleStart;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.model.DitConfig;
import org.ppflow.flow.model.ModelDescription;
import org.ppflow.flow.sampling.Guidance;
import org.ppflow.flow.sampling.LevelNetworks;
import org.ppflow.flow.sampling.Rescheduled;
import org.ppflow.flow.sampling.SampleClasses;
import org.ppflow.flow.sampling.Sampler;
import org.ppflow.flow.sampling.SamplingCost;
import org.ppflow.flow.sampling.SamplingGraph;
import org.ppflow.flow.sampling.SamplingMethod;
import org.ppflow.flow.sampling.SamplingPlan;
import org.ppflow.flow.transport.Transport;

/**
 * What options say of a sampling, checked against the network before anything runs.
 *
 * @param described the network as it was trained
 * @param schedule to sample with
 * @param plan solver, times, guidance
 * @param start where samples start
 * @param samples how many
 * @param labels their classes
 * @param levels which of the network's levels those of the schedule are
 * @param cost of the model
 */
record SamplingSetup(
        ModelDescription described,
        LevelSchedule schedule,
        SamplingPlan plan,
        SampleStart start,
        long samples,
        SampleClasses labels,
        List<Integer> levels,
        SamplingCost cost) {
    SamplingSetup {
        levels = List.copyOf(levels);
    }

    static SamplingSetup of(
            ModelOptions.ForSampling opened,
            MethodOptions method,
            GuidanceOptions guidance,
            GuideOptions guide,
            StartOptions start,
            PrintWriter err)
            throws IOException {
        ModelDescription described = opened.file().description();
        DitConfig config = described.config();
        LevelSchedule schedule = opened.schedule();
        new LatentSize(config.channels(), config.height(), config.width()).requireTiles(schedule);
        Transport transport = method.transport(described.transport());
        SamplingMethod how = method.method(schedule, transport, start.reverse(), err);
        Guidance scales = guidance.guidance(schedule, config, guide.file().isPresent());
        SampleStart from = start.start(config);
        return new SamplingSetup(
                described,
                schedule,
                new SamplingPlan(how, transport, scales, guidance.boundary()),
                from,
                start.samples(from),
                start.labels(config),
                Rescheduled.levels(described.schedule(), schedule),
                new SamplingCost(config.flops(), schedule, described.schedule().smallestPatch()));
    }

    /** The network as it is sampled with. */
    LevelNetworks networks(SamplingGraph graph) {
        return new Rescheduled(graph, schedule, levels);
    }

    /** Draws so many at a time. */
    Sampler sampler(long seed, int batch) {
        return new Sampler(seed, described.config(), plan, labels, batch);
    }
}
