package org.ppflow.flow.training;

/**
 * What a training run does, apart from its network and data.
 *
 * @param seed of weights, times, noise and dropout
 * @param steps in all, at least 1
 * @param learningRate by step
 * @param emaDecay by step
 * @param checkpointEvery steps between checkpoints, at least 1; the last step always gets one
 * @param keep how many checkpoints stay, at least 2: a damaged newest one must have one before it
 */
public record TrainingOptions(
        long seed, long steps, LearningRate learningRate, EmaDecay emaDecay, long checkpointEvery, int keep) {
    public TrainingOptions {
        if (steps < 1) {
            throw new IllegalArgumentException("steps: " + steps + " must be at least 1");
        }
        if (checkpointEvery < 1) {
            throw new IllegalArgumentException("checkpoint_every: " + checkpointEvery + " must be at least 1");
        }
        if (keep < 2) {
            throw new IllegalArgumentException("keep: " + keep + " must be at least 2");
        }
    }
}
