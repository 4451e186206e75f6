package org.ppflow.app.config;

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

    /**
     * The rate of one step.
     *
     * @param step from 0
     * @param steps number of all steps
     */
    public double at(long step, long steps) {
        double rising = warmupSteps == 0 ? 1 : Math.min(1, (step + 1) / (double) warmupSteps);
        double decaySteps = decayFraction * steps;
        double falling = decaySteps > 0 ? Math.min(1, (steps - step) / decaySteps) : 1;
        return peak * Math.min(rising, falling);
    }
}
