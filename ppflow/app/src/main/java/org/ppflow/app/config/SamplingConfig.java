package org.ppflow.app.config;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.ppflow.flow.level.Boundary;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.sampling.Guidance;
import org.ppflow.flow.sampling.OdeSolvers;
import org.ppflow.flow.sampling.SamplingMethod;
import org.ppflow.flow.sampling.SamplingTimes;
import org.ppflow.flow.transport.Transport;

/**
 * How samples are drawn.
 *
 * @param count samples a model, at least 1
 * @param solver of the ODE from noise to data, by its name in {@link OdeSolvers}
 * @param steps of the solver from noise to data, at least 1
 * @param guidance scale, 0 or above (1 is none): one for all levels, or one a level
 * @param guidanceChannels the channels it changes
 * @param guidanceInterval first and last time that is guided, in [0, 1]
 * @param boundary which level a time on a boundary belongs to
 * @param shift of the time, above 0; 1 is none
 * @param align whether the boundaries between levels are points of the grid, and no step of the ODE sees the velocity beyond one
 * @param sde in place of the ODE
 * @param batch samples drawn together, at least 1
 */
public record SamplingConfig(
        int count,
        String solver,
        int steps,

        @JsonFormat(
                with = {
                    JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY,
                    JsonFormat.Feature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED
                })
        List<Double> guidance,

        GuidanceChannels guidanceChannels,
        List<Double> guidanceInterval,
        Boundary boundary,
        double shift,
        boolean align,
        SdeConfig sde,
        int batch) {
    /** Beyond these a number is a slip: samples of a run are held in memory as bytes, and scales above 100 overflow. */
    private static final int MAX_COUNT = 1_000_000;

    private static final int MAX_STEPS = 100_000;
    private static final int MAX_BATCH = 65_536;
    private static final double MAX_SCALE = 100;

    public SamplingConfig {
        Check.known("solver", solver, OdeSolvers.names());
        Check.within("count", count, 1, MAX_COUNT);
        Check.within("steps", steps, 1, MAX_STEPS);
        Check.within("batch", batch, 1, MAX_BATCH);
        Check.positive("shift", shift);
        guidanceInterval = List.copyOf(guidanceInterval);
        Check.that(
                guidanceInterval.size() == 2
                        && guidanceInterval.get(0) >= 0
                        && guidanceInterval.get(0) <= guidanceInterval.get(1)
                        && guidanceInterval.get(1) <= 1,
                "guidance_interval",
                guidanceInterval + " must be two times from 0 to 1, upwards");
        Check.that(!guidance.isEmpty(), "guidance", "[] must have one scale, or one a level");
        guidance = List.copyOf(guidance);
        for (int i = 0; i < guidance.size(); i++) {
            String key = guidance.size() == 1 ? "guidance" : "guidance[" + i + "]";
            Check.notNegative(key, guidance.get(i));
            Check.that(guidance.get(i) <= MAX_SCALE, key, guidance.get(i) + " must be at most " + MAX_SCALE);
        }
    }

    /** The same with another number of samples. */
    public SamplingConfig withCount(int other) {
        return new SamplingConfig(
                other, solver, steps, guidance, guidanceChannels, guidanceInterval, boundary, shift, align, sde, batch);
    }

    /** The same with another number of steps. */
    public SamplingConfig withSteps(int other) {
        return new SamplingConfig(
                count, solver, other, guidance, guidanceChannels, guidanceInterval, boundary, shift, align, sde, batch);
    }

    /** The same with other scales, one a level. */
    public SamplingConfig withGuidance(List<Double> scales) {
        return new SamplingConfig(
                count, solver, steps, scales, guidanceChannels, guidanceInterval, boundary, shift, align, sde, batch);
    }

    /** Guidance of a schedule. */
    public Guidance guidanceOf(LevelSchedule schedule) {
        return new Guidance(
                guidanceFor(schedule), guidanceChannels.first(), guidanceInterval.get(0), guidanceInterval.get(1));
    }

    /** Solver and times for a schedule. */
    public SamplingMethod method(LevelSchedule schedule, Transport transport) {
        SamplingTimes times = new SamplingTimes(steps, shift, align, Optional.empty());
        return sde.solver()
                .map(solved -> times.sde(solved, schedule, transport))
                .orElseGet(() -> times.ode(OdeSolvers.named(solver), schedule, transport, false));
    }

    /**
     * The scale of each level of a schedule.
     *
     * @throws IllegalArgumentException if there are several scales, but not one a level
     */
    public List<Double> guidanceFor(LevelSchedule schedule) {
        if (guidance.size() == 1) {
            return Collections.nCopies(schedule.count(), guidance.get(0));
        }
        Check.that(
                guidance.size() == schedule.count(),
                "guidance",
                guidance + " has " + guidance.size() + " scales, but schedule " + schedule.name() + " has "
                        + schedule.count() + " level(s); write one number, or one a level");
        return guidance;
    }
}
