package org.ppflow.eval.classifier;

/**
 * How a classifier is trained.
 *
 * @param seed of weights, order and shifts
 * @param steps at least 1
 * @param batch pictures a step
 * @param learningRate at the start; falls linearly to 0
 */
public record ClassifierOptions(long seed, int steps, int batch, double learningRate) {
    public ClassifierOptions {
        if (steps < 1 || batch < 1) {
            throw new IllegalArgumentException("steps: " + steps + " and batch: " + batch + " must be at least 1");
        }
        if (!(learningRate > 0)) {
            throw new IllegalArgumentException("learning_rate: " + learningRate + " must be above 0");
        }
    }
}
