package org.ppflow.app.config;

/**
 * Exponential moving average of the weights.
 *
 * @param decay in [0, 1)
 * @param warmup whether early steps use min(decay, (s + 1) / (s + 10)), s counted from 0
 */
public record EmaConfig(double decay, boolean warmup) {
    public EmaConfig {
        Check.fraction("decay", decay);
    }

    /** The decay of one step, counted from 0. */
    public double at(long step) {
        return warmup ? Math.min(decay, (step + 1.0) / (step + 10.0)) : decay;
    }
}
