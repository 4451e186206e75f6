package org.ppflow.eval.neighbours;

import org.ppflow.eval.rows.FeatureRows;
import org.ppflow.nn.progress.Progress;

/**
 * Precision and recall as ADM's evaluator computes them (openai/guided-diffusion, evaluations/evaluator.py, on TensorFlow for processors): distances in
 * fp16 by blocks of rows; a block with a distance that is not finite is redone in fp32. The numbers depend on the block size, and differ from
 * {@link PrecisionRecall} by the rounding of halves, which has steps of 1/8 for squared norms from 128 on.
 *
 * <p>Memory beside the rows: 350 MB for tiles, and about 50 bytes a row.
 *
 * @param k which neighbour the balls reach
 * @param precision share of samples inside the ball of some reference image
 * @param recall share of reference images inside the ball of some sample
 * @param sampleInside which samples count in precision
 * @param referenceInside which reference images count in recall
 * @param redoneBlocks number of blocks, of all three kinds of pairs, that were redone in fp32
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record AdmPrecisionRecall(
        int k, double precision, double recall, boolean[] sampleInside, boolean[] referenceInside, int redoneBlocks) {
    /** Rows of a block in ADM's evaluator. */
    public static final int BLOCK = 10_000;

    /** {@link #between(FeatureRows, FeatureRows, int, int, Progress)} as published: the third neighbour, blocks of {@value #BLOCK} rows. */
    public static AdmPrecisionRecall between(FeatureRows reference, FeatureRows samples, Progress progress) {
        return between(reference, samples, 3, BLOCK, progress);
    }

    /**
     * Compares two sets.
     *
     * @param reference [N, F], more than k rows
     * @param samples [M, F], more than k rows
     * @param k at least 1
     * @param block rows of a block, at least 1
     * @throws org.ppflow.nn.errors.BadInputException if a value is not finite
     */
    public static AdmPrecisionRecall between(
            FeatureRows reference, FeatureRows samples, int k, int block, Progress progress) {
        return between(reference, samples, k, block, PairTiles.TILE_ROWS, progress);
    }

    static AdmPrecisionRecall between(
            FeatureRows reference, FeatureRows samples, int k, int block, int tileRows, Progress progress) {
        NeighbourRadii.requireNeighbours(reference, k);
        NeighbourRadii.requireNeighbours(samples, k);
        if (block < 1) {
            throw new IllegalArgumentException("blocks of " + block + " rows");
        }
        int size = PairTiles.commonSize(reference, samples);
        int largest = Math.min(block, Math.max(reference.count(), samples.count()));
        try (AdmBlocks blocks = new AdmBlocks(size, largest, block, tileRows)) {
            AdmNorms referenceNorms = AdmNorms.of(reference);
            AdmNorms sampleNorms = AdmNorms.of(samples);
            double[] referenceRadii = blocks.radii(reference, referenceNorms, k, progress);
            double[] sampleRadii = blocks.radii(samples, sampleNorms, k, progress);
            AdmCrossing crossing = new AdmCrossing(referenceRadii, sampleRadii);
            blocks.cross(reference, referenceNorms, samples, sampleNorms, crossing, progress);
            return new AdmPrecisionRecall(
                    k,
                    share(crossing.sampleInside()),
                    share(crossing.referenceInside()),
                    crossing.sampleInside(),
                    crossing.referenceInside(),
                    blocks.redone());
        }
    }

    private static double share(boolean[] inside) {
        int count = 0;
        for (boolean one : inside) {
            count += one ? 1 : 0;
        }
        return (double) count / inside.length;
    }
}
