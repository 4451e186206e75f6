package org.ppflow.flow.training;

import java.util.List;

/**
 * What one step did.
 *
 * @param step from 1
 * @param images seen since the run began
 * @param loss mean over the batch, before the update
 * @param levelLosses mean over each level's images, from the coarsest
 * @param gradientNorm over all variables, before clipping
 * @param applied whether the weights were changed: not where a number was not finite
 * @param learningRate used
 * @param seconds that the step took, drawing the batch included; the only figure that differs between two equal runs
 */
public record StepReport(
        long step,
        long images,
        double loss,
        List<Double> levelLosses,
        double gradientNorm,
        boolean applied,
        double learningRate,
        double seconds) {
    public StepReport {
        levelLosses = List.copyOf(levelLosses);
    }
}
