package org.ppflow.eval.preflight;

import java.util.HashMap;
import java.util.Map;

/**
 * Whether pictures come class by class, as samplers often write them. The Inception Score over consecutive chunks compares each picture with its own chunk;
 * if chunks hold different classes, it is too small. How much: if predictions were the classes, by the factor exp(I), where I = H(class) − H(class | chunk)
 * is what a picture's chunk tells of its class, in nats.
 *
 * @param count number of pictures
 * @param classes number of different classes among them
 * @param runs of equal classes in a row
 * @param expectedRuns as many as in random order: 1 + n − Σ n_c² / n
 * @param splitSize pictures of a chunk
 * @param information I
 * @param expectedInformation what I would be in random order, about (classes − 1)(chunks − 1) / 2n, since counts of finite chunks differ by chance
 */
public record ClassOrder(
        int count,
        int classes,
        long runs,
        double expectedRuns,
        int splitSize,
        double information,
        double expectedInformation) {
    /** Chunks of the protocol {@code adm}. */
    public static final int ADM_SPLIT_SIZE = 5000;

    /** A change of the score that nobody would see. */
    private static final double SMALL_INFORMATION = 0.02;

    private static final double DEVIATIONS = 6;

    /**
     * Of labels, or of predicted classes where there are no labels.
     *
     * @param classes of each picture, in the pictures' order
     * @param splitSize pictures of a chunk, at least 1
     */
    public static ClassOrder of(int[] classes, int splitSize) {
        if (splitSize < 1) {
            throw new IllegalArgumentException("chunks of " + splitSize + " pictures");
        }
        Map<Integer, Integer> all = new HashMap<>();
        long runs = 0;
        double conditional = 0; // n · H(class | chunk)
        for (int from = 0; from < classes.length; from += splitSize) {
            int to = Math.min(classes.length, from + splitSize);
            Map<Integer, Integer> chunk = new HashMap<>();
            for (int i = from; i < to; i++) {
                chunk.merge(classes[i], 1, Integer::sum);
                all.merge(classes[i], 1, Integer::sum);
                runs += i == 0 || classes[i] != classes[i - 1] ? 1 : 0;
            }
            conditional += totalEntropy(chunk, to - from);
        }
        int n = classes.length;
        double squares = all.values().stream().mapToDouble(c -> (double) c * c).sum();
        int chunks = n / splitSize + (n % splitSize == 0 ? 0 : 1);
        return new ClassOrder(
                n,
                all.size(),
                runs,
                n == 0 ? 0 : 1 + n - squares / n,
                splitSize,
                n == 0 ? 0 : Math.max(0, (totalEntropy(all, n) - conditional) / n),
                n == 0 ? 0 : Math.max(0, all.size() - 1.0) * Math.max(0, chunks - 1) / (2.0 * n));
    }

    /** n · H = n·log n − Σ n_c·log n_c. */
    private static double totalEntropy(Map<Integer, Integer> counts, int n) {
        double sum = n * Math.log(n);
        for (int c : counts.values()) {
            sum -= c * Math.log(c);
        }
        return sum;
    }

    /** Whether classes stand together: at most half as many runs as in random order. */
    public boolean grouped() {
        return classes > 1 && runs <= expectedRuns / 2;
    }

    /** Whether chunks hold other classes than chance would give them: the score over consecutive chunks is not to be trusted. */
    public boolean splitsDiffer() {
        double deviation = Math.sqrt(expectedInformation / Math.max(1, count));
        return information > expectedInformation + Math.max(SMALL_INFORMATION, DEVIATIONS * deviation);
    }

    /** By what factor the score over consecutive chunks is too small, at most. */
    public double factor() {
        return Math.exp(Math.max(0, information - expectedInformation));
    }
}
