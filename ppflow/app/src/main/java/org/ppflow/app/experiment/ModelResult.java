package org.ppflow.app.experiment;

import org.ppflow.eval.protocol.Evaluation;

/**
 * All figures of one model.
 *
 * @param plan what was asked
 * @param training figures of its training
 * @param sampling figures of its sampling
 * @param evaluation of its samples
 */
record ModelResult(
        ModelPlan plan, TrainingStage.Figures training, SamplingStage.Figures sampling, Evaluation evaluation) {}
