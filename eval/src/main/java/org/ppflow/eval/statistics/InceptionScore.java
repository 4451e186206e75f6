package org.ppflow.eval.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.ppflow.nn.array.FloatArray;

/**
 * The formula of the Inception Score (Salimans et al. 2016) on class probabilities of any network, in fp64:
 * exp(mean over images of Σ p·(log p − log p̄)), p̄ the mean of p. A term with p = 0 counts as 0, its limit.
 */
public final class InceptionScore {
    private InceptionScore() {}

    /**
     * Scores of equal parts of a shuffled set.
     *
     * @param mean over the parts; lower than the score of the whole, the more so the smaller the parts
     * @param standardDeviation over the parts, divided by their number, as the original code has it
     * @param splits number of parts
     */
    public record Splits(double mean, double standardDeviation, int splits) {}

    /** Score of all rows as one part: it does not depend on their order. */
    public static double of(FloatArray probabilities) {
        return of(probabilities, IntStream.range(0, probabilities.rows()).toArray());
    }

    /**
     * Score of some rows as one part.
     *
     * @param probabilities [N, classes]
     * @param rows at least one
     */
    public static double of(FloatArray probabilities, int... rows) {
        if (rows.length == 0) {
            throw new IllegalArgumentException("no images, no score");
        }
        int classes = probabilities.rowSize();
        double[] mean = new double[classes];
        double entropy = 0;
        for (int row : rows) {
            for (int i = 0; i < classes; i++) {
                double p = probabilities.values()[row * classes + i];
                mean[i] += p;
                entropy += timesLog(p);
            }
        }
        // Σ over images of p·log p̄ is n·p̄·log p̄.
        double marginal = 0;
        for (double sum : mean) {
            marginal += timesLog(sum / rows.length);
        }
        return Math.exp(entropy / rows.length - marginal);
    }

    /**
     * Scores of parts that a key of each image decides: rows are sorted by key and cut into parts whose sizes differ by one at
     * most. Keys made from an image's content give the same parts whatever the order of rows.
     *
     * @param keys one for each row
     * @param splits number of parts, from 1 to the number of rows
     */
    public static Splits shuffled(FloatArray probabilities, long[] keys, int splits) {
        int count = probabilities.rows();
        if (keys.length != count || splits < 1 || splits > count) {
            throw new IllegalArgumentException(
                    count + " rows, " + keys.length + " keys and " + splits + " parts do not fit");
        }
        int[] order = IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparingLong(row -> keys[row]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] scores = new double[splits];
        for (int part = 0; part < splits; part++) {
            int from = Math.toIntExact((long) count * part / splits);
            int to = Math.toIntExact((long) count * (part + 1) / splits);
            scores[part] = of(probabilities, Arrays.copyOfRange(order, from, to));
        }
        double mean = Arrays.stream(scores).average().orElseThrow();
        double variance = Arrays.stream(scores)
                .map(score -> (score - mean) * (score - mean))
                .average()
                .orElseThrow();
        return new Splits(mean, Math.sqrt(variance), splits);
    }

    /** p·log p, 0 at 0. */
    private static double timesLog(double p) {
        return p == 0 ? 0 : p * Math.log(p);
    }
}
