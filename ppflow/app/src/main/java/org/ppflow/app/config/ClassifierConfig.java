package org.ppflow.app.config;

/**
 * Training of the small classifier that gives the metrics their features.
 *
 * @param steps of its training, at least 1
 * @param batch images a step, at least 1
 * @param learningRate of AdamW, its peak, above 0
 */
public record ClassifierConfig(int steps, int batch, double learningRate) {
    public ClassifierConfig {
        Check.atLeast("steps", steps, 1);
        Check.atLeast("batch", batch, 1);
        Check.positive("learning_rate", learningRate);
    }
}
