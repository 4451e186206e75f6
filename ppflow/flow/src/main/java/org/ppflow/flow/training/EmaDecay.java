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

    /** min(decay, s / (s + 9)): a short run's average forgets its first weights. */
    static EmaDecay warmup(double decay) {
        return step -> Math.min(decay, step / (step + 9.0));
    }
}
