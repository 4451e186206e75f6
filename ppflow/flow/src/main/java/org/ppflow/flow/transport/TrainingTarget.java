package org.ppflow.flow.transport;

/**
 * The loss of one row: {@code weight · mean((scale·output − target)²)} over the row's values.
 *
 * @param scale of the network's output: σ where a score is predicted, else 1
 * @param weight of the row: that of {@link LossWeight}, 1 where velocity is predicted
 */
public record TrainingTarget(double scale, double weight) {}
