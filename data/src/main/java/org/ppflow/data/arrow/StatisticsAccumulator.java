package org.ppflow.data.arrow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ppflow.data.codec.LatentScaling;
import org.ppflow.data.codec.LatentShape;

/**
 * Gathers per-channel statistics row by row; two accumulators merge (Chan, Golub and LeVeque, <i>Updating formulae and a
 * pairwise algorithm for computing sample variances</i>, 1979). The result depends on the order of rows and merges in the
 * last bits, so shards are always gathered one by one and merged in their order.
 */
public final class StatisticsAccumulator {
    private final LatentShape shape;
    private long count;
    private final double[] mean;
    /** Sum of squared distances from the mean. */
    private final double[] squares;

    private final double[] min;
    private final double[] max;

    /** Of nothing yet. */
    public StatisticsAccumulator(LatentShape shape) {
        this.shape = shape;
        this.mean = new double[shape.channels()];
        this.squares = new double[shape.channels()];
        this.min = new double[shape.channels()];
        this.max = new double[shape.channels()];
        Arrays.fill(min, Double.POSITIVE_INFINITY);
        Arrays.fill(max, Double.NEGATIVE_INFINITY);
    }

    /** Adds one row of (C, h, w) that starts at {@code offset}. */
    public void add(float[] values, int offset) {
        int size = shape.channelSize();
        for (int channel = 0; channel < shape.channels(); channel++) {
            int from = offset + channel * size;
            double sum = 0;
            for (int i = from; i < from + size; i++) {
                sum += values[i];
                min[channel] = Math.min(min[channel], values[i]);
                max[channel] = Math.max(max[channel], values[i]);
            }
            double rowMean = sum / size;
            double rowSquares = 0;
            for (int i = from; i < from + size; i++) {
                double distance = values[i] - rowMean;
                rowSquares += distance * distance;
            }
            merge(channel, size, rowMean, rowSquares);
        }
        count += size;
    }

    /** Adds what another accumulator has seen. */
    public void merge(StatisticsAccumulator other) {
        if (!shape.equals(other.shape)) {
            throw new IllegalArgumentException("statistics of " + shape + " and " + other.shape);
        }
        if (other.count == 0) {
            return;
        }
        for (int channel = 0; channel < mean.length; channel++) {
            merge(channel, other.count, other.mean[channel], other.squares[channel]);
            min[channel] = Math.min(min[channel], other.min[channel]);
            max[channel] = Math.max(max[channel], other.max[channel]);
        }
        count += other.count;
    }

    private void merge(int channel, long otherCount, double otherMean, double otherSquares) {
        double total = (double) count + otherCount;
        double distance = otherMean - mean[channel];
        mean[channel] += distance * (otherCount / total);
        squares[channel] += otherSquares + distance * distance * (count * (otherCount / total));
    }

    /** What was seen so far, channel by channel. */
    public List<ChannelStatistics> snapshot() {
        if (count == 0) {
            throw new IllegalStateException("no row was added");
        }
        List<ChannelStatistics> channels = new ArrayList<>();
        for (int channel = 0; channel < mean.length; channel++) {
            channels.add(
                    new ChannelStatistics(count, mean[channel], squares[channel] / count, min[channel], max[channel]));
        }
        return channels;
    }

    /** Shift by each channel's mean, and the one factor that gives the channels a mean variance of 1. */
    public LatentScaling measuredScaling() {
        List<ChannelStatistics> channels = snapshot();
        double variance = channels.stream()
                .mapToDouble(ChannelStatistics::variance)
                .average()
                .orElseThrow();
        double scale = variance > 0 ? 1 / Math.sqrt(variance) : 1; // constant pictures have nothing to scale
        return new LatentScaling(channels.stream().map(ChannelStatistics::mean).toList(), scale);
    }
}
