package org.ppflow.app.config;

import org.ppflow.flow.training.LearningRate;

/**
 * Learning rate over training: linear from 0 to the peak, constant, down to 0.
 *
 * @param peak the highest rate, above 0
 * @param warmupSteps steps from 0 to the peak, 0 or more
 * @param decayFraction share of all steps, at the end, in which it falls to 0, in [0, 1]
 * @param decay form of the fall
 */
public record LearningRateConfig(double peak, long warmupSteps, double decayFraction, LearningRate.Decay decay) {
    public LearningRateConfig {
        Check.positive("peak", peak);
        Check.atLeast("warmup_steps", warmupSteps, 0);
        Check.share("decay_fraction", decayFraction);
    }

    /** The rate by step, for a training of so many steps. */
    public LearningRate schedule(long steps) {
        return LearningRate.of(peak, warmupSteps, decayFraction, decay, steps);
    }
}
