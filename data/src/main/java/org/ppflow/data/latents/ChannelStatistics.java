package org.ppflow.data.latents;

import java.util.ArrayList;
import java.util.List;

/**
 * Moments and range of each channel over all rows and positions, in double. Two of them merge to what one over both would be
 * (Chan, Golub and LeVeque 1979).
 *
 * @param count values of one channel
 * @param mean by channel
 * @param variance by channel, divisor count
 * @param min by channel
 * @param max by channel
 */
public record ChannelStatistics(
        long count, List<Double> mean, List<Double> variance, List<Double> min, List<Double> max) {
    public ChannelStatistics {
        mean = List.copyOf(mean);
        variance = List.copyOf(variance);
        min = List.copyOf(min);
        max = List.copyOf(max);
    }

    /**
     * Statistics of one row.
     *
     * @param values channel after channel
     * @param channels number of channels
     */
    static ChannelStatistics of(float[] values, int channels) {
        int plane = values.length / channels;
        List<Double> means = new ArrayList<>(channels);
        List<Double> variances = new ArrayList<>(channels);
        List<Double> minima = new ArrayList<>(channels);
        List<Double> maxima = new ArrayList<>(channels);
        for (int channel = 0; channel < channels; channel++) {
            double sum = 0;
            double min = Double.POSITIVE_INFINITY;
            double max = Double.NEGATIVE_INFINITY;
            for (int i = channel * plane; i < (channel + 1) * plane; i++) {
                sum += values[i];
                min = Math.min(min, values[i]);
                max = Math.max(max, values[i]);
            }
            double mean = sum / plane;
            double squares = 0;
            for (int i = channel * plane; i < (channel + 1) * plane; i++) {
                squares += (values[i] - mean) * (values[i] - mean);
            }
            means.add(mean);
            variances.add(squares / plane);
            minima.add(min);
            maxima.add(max);
        }
        return new ChannelStatistics(plane, means, variances, minima, maxima);
    }

    /** Statistics of both. */
    ChannelStatistics merge(ChannelStatistics other) {
        long total = count + other.count;
        List<Double> means = new ArrayList<>();
        List<Double> variances = new ArrayList<>();
        List<Double> minima = new ArrayList<>();
        List<Double> maxima = new ArrayList<>();
        for (int channel = 0; channel < mean.size(); channel++) {
            double share = (double) other.count / total;
            double difference = other.mean.get(channel) - mean.get(channel);
            means.add(mean.get(channel) + difference * share);
            variances.add(variance.get(channel) * (1 - share)
                    + other.variance.get(channel) * share
                    + difference * difference * share * (1 - share));
            minima.add(Math.min(min.get(channel), other.min.get(channel)));
            maxima.add(Math.max(max.get(channel), other.max.get(channel)));
        }
        return new ChannelStatistics(total, means, variances, minima, maxima);
    }

    /** Shift by the means, scale so that the variances have mean 1. */
    LatentScaling scaling() {
        double meanVariance =
                variance.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        return new LatentScaling(mean, meanVariance > 0 ? 1 / Math.sqrt(meanVariance) : 1);
    }
}
