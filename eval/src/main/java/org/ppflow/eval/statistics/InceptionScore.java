package org.ppflow.eval.statistics;

import java.util.Arrays;
import org.ppflow.eval.rows.ArrayRows;
import org.ppflow.eval.rows.FeatureRows;
import org.ppflow.nn.array.FloatArray;

/**
 * The formula of the Inception Score (Salimans et al. 2016) on class probabilities of any network, in fp64:
 * exp(mean over images of Σ p·(log p − log p̄)), p̄ the mean of p. A term with p = 0 counts as 0, its limit.
 *
 * <p>Rows are read once, in order, in pieces. Memory: a piece, and for each part one double a class.
 */
public final class InceptionScore {
    private static final int BLOCK_ROWS = 256;

    private InceptionScore() {}

    /**
     * Scores of equal parts of a shuffled set.
     *
     * @param mean over the parts; lower than the score of the whole, the more so the smaller the parts
     * @param standardDeviation over the parts, divided by their number, as the original code has it
     * @param splits number of parts
     */
    public record Splits(double mean, double standardDeviation, int splits) {}

    /** Score of all rows as one part: their order matters in the last bits only. */
    public static double of(FeatureRows probabilities) {
        return scores(probabilities, new int[probabilities.count()], 1)[0];
    }

    /** Score of all rows as one part. */
    public static double of(FloatArray probabilities) {
        return of(new ArrayRows(probabilities));
    }

    /**
     * Scores of parts that a key of each image decides: rows are sorted by key and cut into parts whose sizes differ by one at
     * most. Keys made from an image's content give the same parts whatever the order of rows.
     *
     * @param probabilities [N, classes]
     * @param keys one for each row
     * @param splits number of parts, from 1 to the number of rows
     */
    public static Splits shuffled(FeatureRows probabilities, long[] keys, int splits) {
        int count = probabilities.count();
        if (keys.length != count || splits < 1 || splits > count) {
            throw new IllegalArgumentException(
                    count + " rows, " + keys.length + " keys and " + splits + " parts do not fit");
        }
        int[] order = KeyOrder.of(keys);
        int[] parts = new int[count];
        for (int part = 0; part < splits; part++) {
            int from = Math.toIntExact((long) count * part / splits);
            int to = Math.toIntExact((long) count * (part + 1) / splits);
            for (int position = from; position < to; position++) {
                parts[order[position]] = part;
            }
        }
        double[] scores = scores(probabilities, parts, splits);
        double mean = Arrays.stream(scores).average().orElseThrow();
        double variance = Arrays.stream(scores)
                .map(score -> (score - mean) * (score - mean))
                .average()
                .orElseThrow();
        return new Splits(mean, Math.sqrt(variance), splits);
    }

    /** Scores of parts that a key of each image decides, of rows in memory. */
    public static Splits shuffled(FloatArray probabilities, long[] keys, int splits) {
        return shuffled(new ArrayRows(probabilities), keys, splits);
    }

    /** p·log p, 0 at 0. */
    static double timesLog(double p) {
        return p == 0 ? 0 : p * Math.log(p);
    }

    /**
     * Score of each part.
     *
     * @param partOf the part of each row
     */
    private static double[] scores(FeatureRows probabilities, int[] partOf, int parts) {
        if (probabilities.count() == 0) {
            throw new IllegalArgumentException("no images, no score");
        }
        int classes = probabilities.size();
        double[][] sums = new double[parts][classes];
        double[] entropies = new double[parts];
        int[] counts = new int[parts];
        float[] block = new float[BLOCK_ROWS * classes];
        for (int first = 0; first < partOf.length; first += BLOCK_ROWS) {
            int taken = Math.min(BLOCK_ROWS, partOf.length - first);
            probabilities.read(first, taken, block, 0);
            for (int row = 0; row < taken; row++) {
                int part = partOf[first + row];
                counts[part]++;
                for (int i = 0; i < classes; i++) {
                    double p = block[row * classes + i];
                    sums[part][i] += p;
                    entropies[part] += timesLog(p);
                }
            }
        }
        double[] scores = new double[parts];
        for (int part = 0; part < parts; part++) {
            scores[part] = score(entropies[part], sums[part], counts[part]);
        }
        return scores;
    }

    /**
     * The score from sums over images.
     *
     * @param entropy Σ over images of Σ p·log p
     * @param sums Σ over images of p, [classes]
     * @param count number of images
     */
    static double score(double entropy, double[] sums, long count) {
        // Σ over images of p·log p̄ is n·p̄·log p̄.
        double marginal = 0;
        for (double sum : sums) {
            marginal += timesLog(sum / count);
        }
        return Math.exp(entropy / count - marginal);
    }
}
