package org.ppflow.eval.statistics;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;
import org.ppflow.nn.array.FloatArray;

/**
 * Improved precision and recall (Kynkäänniemi et al. 2019), density and coverage (Naeem et al. 2020), from exact fp64 distances of
 * features. Each image has a ball that reaches its k-th nearest neighbour in its own set; on the edge is inside.
 *
 * <p>Memory beside the features: some numbers an image.
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
     */
    public static PrecisionRecall between(FloatArray reference, FloatArray samples, int k) {
        double[] referenceRadii = NeighbourRadii.squared(reference, k);
        double[] sampleRadii = NeighbourRadii.squared(samples, k);
        LongAdder pairs = new LongAdder();
        AtomicIntegerArray covered = new AtomicIntegerArray(reference.rows());
        double[] sampleMargins = outside(samples.rows());
        SquaredDistances.visit(samples, reference, sample -> (other, distance) -> {
            double margin = margin(referenceRadii[other], distance);
            sampleMargins[sample] = Math.max(sampleMargins[sample], margin);
            if (margin >= 0) {
                pairs.increment();
                covered.set(other, 1);
            }
        });
        double[] referenceMargins = outside(reference.rows());
        SquaredDistances.visit(reference, samples, row -> (other, distance) -> {
            referenceMargins[row] = Math.max(referenceMargins[row], margin(sampleRadii[other], distance));
        });
        int coveredImages = 0;
        for (int i = 0; i < covered.length(); i++) {
            coveredImages += covered.get(i);
        }
        return new PrecisionRecall(
                k,
                shareInside(sampleMargins),
                shareInside(referenceMargins),
                (double) pairs.sum() / ((double) k * samples.rows()),
                (double) coveredImages / reference.rows(),
                sampleMargins,
                referenceMargins);
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

    private static double[] outside(int rows) {
        double[] margins = new double[rows];
        Arrays.fill(margins, Double.NEGATIVE_INFINITY);
        return margins;
    }

    /** (radius − distance)/radius of squares: at least 0 exactly where distance ≤ radius, also for a ball that is a point. */
    private static double margin(double radius, double distance) {
        if (distance == radius) {
            return 0;
        }
        return (radius - distance) / radius;
    }

    private static double shareInside(double[] margins) {
        return (double) Arrays.stream(margins).filter(margin -> margin >= 0).count() / margins.length;
    }
}
