package org.ppflow.flow.training;

/** Learning rate as a function of the step. */
@FunctionalInterface
public interface LearningRate {
    /**
     * Rate of one step.
     *
     * @param step from 1
     */
    double at(long step);

    /** The same at every step; the paper's is 1e-4. */
    static LearningRate constant(double rate) {
        return step -> rate;
    }

    /**
     * Rises linearly over the first steps, stays, and falls linearly to 0 over the last share.
     *
     * @param peak rate in between, above 0
     * @param warmupSteps steps until the peak, at least 0
     * @param decayFraction share of all steps that the fall takes, in [0, 1]
     * @param steps of the whole training
     */
    static LearningRate warmupThenLinearDecay(double peak, long warmupSteps, double decayFraction, long steps) {
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
            double fall = decaySteps == 0 ? 1 : Math.min(1, (steps - step + 1) / decaySteps);
            return peak * rise * fall;
        };
    }
}
