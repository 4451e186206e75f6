package org.ppflow.eval.neighbours;

import java.util.Arrays;
import org.ppflow.eval.rows.FeatureRows;
import org.ppflow.nn.progress.Progress;

/**
 * Improved precision and recall (Kynkäänniemi et al. 2019), density and coverage (Naeem et al. 2020). Each image has a ball that reaches its k-th
 * nearest neighbour in its own set; on the edge is inside. Every answer is that of a brute-force search with sums of squared differences in fp64,
 * whatever the order of rows and the device: products in float32 only exclude pairs that cannot matter. They exclude nearly all, unless very many rows
 * are nearer to each other than about 2 % of their distance from the mean of their set and not equal; each such pair takes a microsecond.
 *
 * <p>Memory beside the rows: about 150 bytes a row, and 250 MB for tiles.
 *
 * @param k which neighbour the balls reach
 * @param precision share of samples inside the ball of some reference image
 * @param recall share of reference images inside the ball of some sample
 * @param density mean number of reference balls around a sample, divided by k; may exceed 1
 * @param coverage share of reference images whose own ball holds a sample
 * @param sampleMargins how far each sample is inside, see {@link #nearEdge}; at least 0 for those that count in precision
 * @param referenceMargins the same for reference images and recall
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record PrecisionRecall(
        int k,
        double precision,
        double recall,
        double density,
        double coverage,
        double[] sampleMargins,
        double[] referenceMargins) {
    /** Relative distance from the edge within which fp32 distances may decide otherwise. */
    private static final double FP32_MARGIN = 1e-6;

    /**
     * Compares two sets.
     *
     * @param reference [N, F], more than k rows
     * @param samples [M, F], more than k rows
     * @param k at least 1; the published numbers have 3
     * @throws org.ppflow.nn.errors.BadInputException if a value is not finite
     */
    public static PrecisionRecall between(FeatureRows reference, FeatureRows samples, int k, Progress progress) {
        return between(reference, samples, k, PairTiles.TILE_ROWS, progress);
    }

    /** {@link #between} with tiles of at most so many rows, which change no answer. */
    static PrecisionRecall between(FeatureRows reference, FeatureRows samples, int k, int tileRows, Progress progress) {
        int size = PairTiles.commonSize(reference, samples);
        NeighbourRadii.requireNeighbours(reference, k);
        NeighbourRadii.requireNeighbours(samples, k);
        PairTiles tiles = new PairTiles(size, Math.max(reference.count(), samples.count()), tileRows);
        // Each set's radii with a centre of its own: samples that hardly differ may lie far from the reference's.
        double[] sampleRadii = NeighbourRadii.squared(samples, k, tiles, progress);
        float[] centre = DistanceBounds.centre(reference);
        DistanceBounds referenceBounds = DistanceBounds.of(reference, centre);
        try (PanelProducts products = PanelProducts.centred(centre)) {
            double[] referenceRadii = NeighbourRadii.squared(reference, k, referenceBounds, products, tiles, progress);
            BallCrossing crossing = new BallCrossing(
                    new Balls(referenceRadii, referenceBounds),
                    new Balls(sampleRadii, DistanceBounds.of(samples, centre)));
            crossing.cross(reference, samples, products, tiles, progress);
            return crossing.result(k);
        }
    }

    /** Which samples are inside the ball of some reference image. */
    public boolean[] sampleInside() {
        return inside(sampleMargins);
    }

    /** Which reference images are inside the ball of some sample. */
    public boolean[] referenceInside() {
        return inside(referenceMargins);
    }

    /**
     * Number of images of both sets that are so near to the edge of the nearest ball, (radius² − distance²)/radius² between −1e-6 and
     * 1e-6, that distances in fp32 may decide otherwise. Exact ties are inside, and not counted.
     */
    public int nearEdge() {
        return nearEdge(sampleMargins) + nearEdge(referenceMargins);
    }

    private static int nearEdge(double[] margins) {
        return (int) Arrays.stream(margins)
                .filter(margin -> margin != 0 && Math.abs(margin) < FP32_MARGIN)
                .count();
    }

    private static boolean[] inside(double[] margins) {
        boolean[] inside = new boolean[margins.length];
        for (int i = 0; i < inside.length; i++) {
            inside[i] = margins[i] >= 0;
        }
        return inside;
    }
}
