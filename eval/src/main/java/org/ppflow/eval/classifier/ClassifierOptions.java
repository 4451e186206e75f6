package org.ppflow.eval.classifier;

/**
 * How a classifier is trained.
 *
 * @param seed of weights, order and shifts
 * @param steps at least 1
 * @param batch pictures a step
 * @param learningRate highest rate of AdamW, above 0
 */
public record ClassifierOptions(long seed, int steps, int batch, double learningRate) {
    public ClassifierOptions {
        if (steps < 1 || batch < 1) {
            throw new IllegalArgumentException("steps: " + steps + " and batch: " + batch + " must be at least 1");
        }
        if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("learning_rate: " + learningRate + " must be above 0");
        }
    }

    /** Rises linearly over the first twentieth of the steps, falls linearly to 0 over the last half. */
    double rateAt(int step) {
        double rise = Math.min(1, step / Math.max(1, steps / 20.0));
        double fall = Math.min(1, (steps - step + 1) / Math.max(1, steps / 2.0));
        return learningRate * rise * fall;
    }
}
