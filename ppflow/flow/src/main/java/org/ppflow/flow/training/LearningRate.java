package org.ppflow.flow.training;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Learning rate as a function of the step. */
@FunctionalInterface
public interface LearningRate {
    /**
     * Rate of one step.
     *
     * @param step from 1
     */
    double at(long step);

    /** How the rate falls at the end. */
    enum Decay {
        /** In a straight line to 0. */
        @JsonProperty("linear")
        LINEAR {
            @Override
            double at(double progress) {
                return 1 - progress;
            }
        },
        /** Along half a cosine to 0. */
        @JsonProperty("cosine")
        COSINE {
            @Override
            double at(double progress) {
                return (1 + Math.cos(Math.PI * progress)) / 2;
            }
        };

        /** Share of the peak. */
        abstract double at(double progress);
    }

    /**
     * Rises linearly over the first steps, stays, and falls to 0 over the last share.
     *
     * @param peak rate in between, above 0
     * @param warmupSteps steps until the peak, at least 0
     * @param decayFraction share of all steps that the fall takes, in [0, 1]; 0 for a constant rate
     * @param decay form of the fall
     * @param steps of the whole training
     */
    static LearningRate of(double peak, long warmupSteps, double decayFraction, Decay decay, long steps) {
        if (!(peak > 0 && peak < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("peak: " + peak + " must be above 0");
        }
        if (warmupSteps < 0) {
            throw new IllegalArgumentException("warmup_steps: " + warmupSteps + " must be 0 or more");
        }
        if (!(decayFraction >= 0 && decayFraction <= 1)) {
            throw new IllegalArgumentException("decay_fraction: " + decayFraction + " must be in [0, 1]");
        }
        double decaySteps = decayFraction * steps;
        return step -> {
            double rise = warmupSteps == 0 ? 1 : Math.min(1, (double) step / warmupSteps);
            double left = decaySteps == 0 ? 1 : Math.min(1, (steps - step + 1) / decaySteps);
            return peak * rise * decay.at(1 - left);
        };
    }
}
