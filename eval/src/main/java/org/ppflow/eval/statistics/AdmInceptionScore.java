package org.ppflow.eval.statistics;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.ppflow.eval.rows.FeatureRows;

/**
 * The Inception Score as ADM's evaluator computes it: neighbouring rows are cut into chunks, a short last one counts as much as
 * the others, and all is fp32 in NumPy's order of additions. Rows sorted by class spoil it: each chunk then sees few classes.
 *
 * <p>A probability that is exactly 0 makes its chunk 0·log 0, which the reference gives as NaN; here the score is empty then.
 *
 * @param value mean of the chunks' scores; empty where the reference has NaN
 * @param splitSize rows of a chunk
 * @param chunks number of chunks
 * @param lastChunk rows of the last one
 * @param zeroProbabilities how many probabilities are exactly 0
 */
public record AdmInceptionScore(
        OptionalDouble value, int splitSize, int chunks, int lastChunk, long zeroProbabilities) {
    /** Rows of a chunk in the published evaluator. */
    public static final int SPLIT_SIZE = 5000;

    private static final int BLOCK_ROWS = 256;

    /**
     * The score of rows as they stand, read twice, in pieces. Memory: a piece and one float for each row of a chunk.
     *
     * @param probabilities [N, classes], at least one row
     * @param splitSize rows of a chunk, at least 1
     */
    public static AdmInceptionScore of(FeatureRows probabilities, int splitSize) {
        return of(probabilities, splitSize, null);
    }

    /**
     * The score of rows shuffled: in the order of keys, which are best made from the pictures' content. What class-sorted
     * samples should be given beside their own score.
     *
     * @param probabilities [N, classes], at least one row
     * @param splitSize rows of a chunk, at least 1
     * @param keys one for each row
     */
    public static AdmInceptionScore shuffled(FeatureRows probabilities, int splitSize, long[] keys) {
        if (keys.length != probabilities.count()) {
            throw new IllegalArgumentException(probabilities.count() + " rows and " + keys.length + " keys");
        }
        return of(probabilities, splitSize, KeyOrder.of(keys));
    }

    /** What a reader of the score should know; empty where all is well. */
    public List<String> warnings(String name) {
        if (value.isPresent()) {
            return lastChunk < splitSize && chunks > 1
                    ? List.of(name + ": the last of " + chunks + " parts of the Inception Score has " + lastChunk
                            + " pictures and counts as much as those of " + splitSize)
                    : List.of();
        }
        return List.of(name + ": " + zeroProbabilities
                + " class probabilities are exactly 0, for which ADM's evaluator prints nan as Inception Score; look at the"
                + " exact protocol's, which counts such terms as 0");
    }

    private static AdmInceptionScore of(FeatureRows probabilities, int splitSize, int @Nullable [] order) {
        int count = probabilities.count();
        if (count == 0 || splitSize < 1) {
            throw new IllegalArgumentException(count + " images in parts of " + splitSize + " have no score");
        }
        int chunks = (count - 1) / splitSize + 1;
        int[] rows = order == null ? IntStream.range(0, count).toArray() : order;
        float[] scores = new float[chunks];
        Chunk chunk = new Chunk(probabilities, rows);
        for (int i = 0; i < chunks; i++) {
            int from = i * splitSize;
            scores[i] = chunk.score(from, from + Math.min(splitSize, count - from));
        }
        float score = (float) ((double) PairwiseSum.of(scores, 0, chunks) / chunks);
        return new AdmInceptionScore(
                Float.isNaN(score) ? OptionalDouble.empty() : OptionalDouble.of(score),
                splitSize,
                chunks,
                count - (chunks - 1) * splitSize,
                chunk.zeros);
    }

    /** One chunk after the other. */
    private static final class Chunk {
        private final FeatureRows probabilities;
        private final int[] order;
        private final int classes;
        private final float[] block;
        private long zeros;

        Chunk(FeatureRows probabilities, int[] order) {
            this.probabilities = probabilities;
            this.order = order;
            this.classes = probabilities.size();
            this.block = new float[BLOCK_ROWS * classes];
        }

        float score(int from, int to) {
            float[] sums = new float[classes];
            forEachBlock(from, to, (first, rows) -> {
                for (int row = 0; row < rows; row++) {
                    for (int i = 0; i < classes; i++) {
                        float p = block[row * classes + i];
                        sums[i] += p;
                        zeros += p == 0 ? 1 : 0;
                    }
                }
            });
            float[] logMean = new float[classes];
            for (int i = 0; i < classes; i++) {
                logMean[i] = (float) Math.log((float) ((double) sums[i] / (to - from)));
            }
            float[] divergences = new float[to - from];
            float[] terms = new float[classes];
            forEachBlock(from, to, (first, rows) -> {
                for (int row = 0; row < rows; row++) {
                    for (int i = 0; i < classes; i++) {
                        float p = block[row * classes + i];
                        terms[i] = p * ((float) Math.log(p) - logMean[i]);
                    }
                    divergences[first - from + row] = PairwiseSum.of(terms, 0, classes);
                }
            });
            float mean = (float) ((double) PairwiseSum.of(divergences, 0, divergences.length) / divergences.length);
            return (float) Math.exp(mean);
        }

        private void forEachBlock(int from, int to, BlockVisitor visitor) {
            for (int first = from; first < to; first += BLOCK_ROWS) {
                int rows = Math.min(BLOCK_ROWS, to - first);
                read(first, rows);
                visitor.visit(first, rows);
            }
        }

        /** Rows at neighbouring places of the order; runs of rows that are neighbours themselves are read at once. */
        private void read(int first, int rows) {
            int start = 0;
            while (start < rows) {
                int end = start + 1;
                while (end < rows && order[first + end] == order[first + end - 1] + 1) {
                    end++;
                }
                probabilities.read(order[first + start], end - start, block, start * classes);
                start = end;
            }
        }
    }

    /** Sees the block that stands from a place of the order on. */
    @FunctionalInterface
    private interface BlockVisitor {
        void visit(int first, int rows);
    }
}
