package org.ppflow.data.arrow;

/**
 * Statistics of one channel over all stored rows and positions, in float64, before shift and scale.
 *
 * @param count number of values
 * @param mean their mean
 * @param variance population variance
 * @param min smallest
 * @param max largest
 */
public record ChannelStatistics(long count, double mean, double variance, double min, double max) {}
