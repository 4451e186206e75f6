package org.ppflow.app.config;

import org.ppflow.flow.training.LearningRate;

/**
 * Learning rate over training: linear from 0 to the peak, constant, linear to 0.
 *
 * @param peak above 0
 * @param warmupSteps steps from 0 to the peak, 0 or more
 * @param decayFraction share of all steps, at the end, in which it falls to 0, in [0, 1]
 */
public record LearningRateConfig(double peak, long warmupSteps, double decayFraction) {
    public LearningRateConfig {
        Check.positive("peak", peak);
        Check.atLeast("warmup_steps", warmupSteps, 0);
        Check.share("decay_fraction", decayFraction);
    }

    /** The rate by step, for a training of so many steps. */
    public LearningRate schedule(long steps) {
        return LearningRate.warmupThenLinearDecay(peak, warmupSteps, decayFraction, steps);
    }
}
