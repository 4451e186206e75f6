package org.ppflow.app.config;

import org.ppflow.nn.session.Precision;

/**
 * How TensorFlow computes.
 *
 * @param threads of its pools, 0 for one a core
 * @param precision of matrix products
 * @param xla whether graphs are compiled
 */
public record RuntimeConfig(int threads, Precision precision, boolean xla) {
    public RuntimeConfig {
        Check.atLeast("threads", threads, 0);
    }

    /** What the arithmetic follows from: all but the number of threads, which may change when a run goes on. */
    public String arithmetic() {
        return precision + (xla ? " xla" : "");
    }
}
