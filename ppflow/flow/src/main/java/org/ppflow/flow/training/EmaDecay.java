package org.ppflow.flow.training;

/** Decay of the moving average of the weights as a function of the step. */
@FunctionalInterface
public interface EmaDecay {
    /**
     * Weight of the old average at one step.
     *
     * @param step from 1
     * @return in [0, 1]
     */
    double at(long step);

    /** The same at every step; the paper's is 0.9999. */
    static EmaDecay constant(double decay) {
        return step -> decay;
    }

    /**
     * (1 − 1/s)^(γ + 1), which makes the average that of a {@link PowerProfile}: nothing is left of the first weights.
     *
     * @param exponent γ
     */
    static EmaDecay power(double exponent) {
        return step -> Math.pow(1 - 1.0 / step, exponent + 1);
    }

    /** min(decay, s / (s + 9)): a short run's average forgets its first weights. */
    static EmaDecay warmup(double decay) {
        return step -> Math.min(decay, step / (step + 9.0));
    }
}
