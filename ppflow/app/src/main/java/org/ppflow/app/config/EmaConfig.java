package org.ppflow.app.config;

import org.ppflow.flow.training.EmaDecay;

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

    /** The decay by step. */
    public EmaDecay schedule() {
        return warmup ? EmaDecay.warmup(decay) : EmaDecay.constant(decay);
    }
}
