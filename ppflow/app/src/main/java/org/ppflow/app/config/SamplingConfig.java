package org.ppflow.app.config;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.ppflow.flow.level.LevelSchedule;

/**
 * How samples are drawn.
 *
 * @param count samples a model, at least 1
 * @param solver of the ODE
 * @param steps of the solver from noise to data, at least 1
 * @param guidance scale, 0 or above (1 is none): one for all levels, or one a level
 * @param guidanceChannels the channels it changes
 * @param batch samples drawn together, at least 1
 */
public record SamplingConfig(
        int count,
        Solver solver,
        int steps,

        @JsonFormat(
                with = {
                    JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY,
                    JsonFormat.Feature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED
                })
        List<Double> guidance,

        GuidanceChannels guidanceChannels,
        int batch) {
    /** Beyond these a number is a slip: samples of a run are held in memory as bytes, and scales above 100 overflow. */
    private static final int MAX_COUNT = 1_000_000;

    private static final int MAX_STEPS = 100_000;
    private static final int MAX_BATCH = 65_536;
    private static final double MAX_SCALE = 100;

    /** Solvers of the ODE whose steps are the grid's. */
    public enum Solver {
        /** First order, one evaluation a step. */
        @JsonProperty("euler")
        EULER,
        /** Second order, two evaluations a step. */
        @JsonProperty("midpoint")
        MIDPOINT,
        /** Second order, two evaluations a step. */
        @JsonProperty("heun")
        HEUN,
        /** Third order, three evaluations a step. */
        @JsonProperty("heun3")
        HEUN3,
        /** Fourth order, the classical rule, four evaluations a step. */
        @JsonProperty("rk4")
        RK4,
        /** Fourth order, the 3/8 rule, four evaluations a step. */
        @JsonProperty("rk4-38")
        RK4_38;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public SamplingConfig {
        Check.within("count", count, 1, MAX_COUNT);
        Check.within("steps", steps, 1, MAX_STEPS);
        Check.within("batch", batch, 1, MAX_BATCH);
        Check.that(!guidance.isEmpty(), "guidance", "[] must have one scale, or one a level");
        guidance = List.copyOf(guidance);
        for (int i = 0; i < guidance.size(); i++) {
            String key = guidance.size() == 1 ? "guidance" : "guidance[" + i + "]";
            Check.notNegative(key, guidance.get(i));
            Check.that(guidance.get(i) <= MAX_SCALE, key, guidance.get(i) + " must be at most " + MAX_SCALE);
        }
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
