package org.ppflow.app.report;

/**
 * A point of a curve.
 *
 * @param images seen
 * @param loss of the batch, or of a level's rows in it; NaN where it was not finite
 */
public record LossPoint(double images, double loss) {}
