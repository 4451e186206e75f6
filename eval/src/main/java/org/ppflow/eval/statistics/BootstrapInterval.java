package org.ppflow.eval.statistics;

import java.util.Arrays;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;

/**
 * How far a metric would move with other samples of the same model (Efron 1979): it is taken again of resamples, each of as
 * many samples, drawn with replacement.
 *
 * <p>A resample repeats some samples and so has fewer different ones, which alone moves distances up and scores down. Only the
 * spread is used: the interval is that of 95 % of resamples about their mean, moved to the metric's own value.
 *
 * @param value the metric of the samples themselves
 * @param low lower end of the interval
 * @param high upper end
 * @param standardError deviation of resamples
 * @param resamples their number
 */
public record BootstrapInterval(double value, double low, double high, double standardError, int resamples) {
    private static final double TAIL = 0.025;

    /**
     * How often to resample.
     *
     * @param resamples at least 2; intervals by fewer than 40 end at the outermost resamples
     * @param seed of the draws
     */
    public record Options(int resamples, long seed) {
        public Options {
            if (resamples < 2) {
                throw new IllegalArgumentException("resamples: " + resamples + " must be at least 2");
            }
        }
    }

    static BootstrapInterval of(double value, double... resampled) {
        double[] sorted = resampled.clone();
        Arrays.sort(sorted);
        double mean = Arrays.stream(sorted).average().orElseThrow();
        double squares = Arrays.stream(sorted).map(x -> (x - mean) * (x - mean)).sum();
        return new BootstrapInterval(
                value,
                value + quantile(sorted, TAIL) - mean,
                value + quantile(sorted, 1 - TAIL) - mean,
                Math.sqrt(squares / (sorted.length - 1)),
                sorted.length);
    }

    /**
     * How often each row is in a resample: multinomial counts, by the order of keys, so that they go with a picture wherever
     * its row stands.
     *
     * @param order rows by rising key
     * @param resample its number, from 0
     */
    static int[] weights(int[] order, Options options, int resample) {
        RandomStream draws = RandomStream.of(options.seed, Purpose.BOOTSTRAP, resample);
        int[] weights = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            weights[order[draws.nextInt(order.length)]]++;
        }
        return weights;
    }

    /** Linear between neighbours. */
    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
