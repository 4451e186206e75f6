package org.ppflow.app.config;

/**
 * What is looked at while a model trains. It changes nothing about the model.
 *
 * @param every steps between two looks, a multiple of training.checkpoint_every: samples are drawn from the checkpoint's average, kept as a grid
 *     and scored; 0 for never
 * @param count samples of a look, more than evaluation.nearest_k
 * @param tensorboard whether losses, gradient norm, learning rate, scores and grids are written for TensorBoard as well
 */
public record WatchConfig(long every, int count, boolean tensorboard) {
    public WatchConfig {
        Check.atLeast("every", every, 0);
        Check.atLeast("count", count, 1);
    }
}
