package org.ppflow.flow.training;

import java.util.OptionalDouble;

/**
 * What a step computed beside the new weights.
 *
 * @param losses of each image, before the update, rows as in the batch
 * @param gradientNorm over all variables, before it was clipped; empty where it is not clipped and so not computed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StepValues(float[] losses, OptionalDouble gradientNorm) {}
