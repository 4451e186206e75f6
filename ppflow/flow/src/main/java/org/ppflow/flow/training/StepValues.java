package org.ppflow.flow.training;

/**
 * What one step tells.
 *
 * @param losses of each image, before the update, rows as in the batch
 * @param gradientNorm over all variables, before it was clipped
 * @param applied whether weights, moments and averages were changed: not where gradient or loss is not finite
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StepValues(float[] losses, double gradientNorm, boolean applied) {}
