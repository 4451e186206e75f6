package org.ppflow.eval.statistics;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ppflow.eval.linear.Blas;
import org.ppflow.eval.rows.FeatureRows;

/**
 * The Fréchet distance as ADM's evaluator computes it: |μ₁ − μ₂|² in fp32 where both means are, tr √(Σ₁Σ₂) in fp64, no cut-off
 * at 0.
 *
 * <p>Differs from the reference: the trace of the root is found from symmetric matrices, which agrees within 1e-9 at full rank.
 * For singular covariances the reference's general square root is complex; it takes the real part, carrying noise of about 1e-8
 * of each missing direction, or stops with an error where the diagonal has imaginary parts above 1e-3. Here the real figure is
 * given in either case, and {@link #warnings} says so.
 */
public final class AdmFrechet {
    private AdmFrechet() {}

    /** The distance between a reference and samples, of the same number of features. */
    public static FrechetDistance between(AdmStatistics reference, AdmStatistics samples) {
        return between(reference, null, samples, null);
    }

    /**
     * The distance where the vectors are at hand too.
     *
     * @param reference statistics of the reference
     * @param referenceRows its vectors, or null; read where they are no more than features
     * @param samples statistics of the samples, of the same number of features
     * @param sampleRows their vectors, or null
     */
    public static FrechetDistance between(
            AdmStatistics reference,
            @Nullable FeatureRows referenceRows,
            AdmStatistics samples,
            @Nullable FeatureRows sampleRows) {
        try (FrechetReference prepared = new FrechetReference(reference.statistics(), referenceRows)) {
            return between(prepared, reference, samples, sampleRows);
        }
    }

    /**
     * The distance to a reference that is factored already.
     *
     * @param prepared the reference, factored
     * @param reference its statistics, the same but for the precision of the mean
     * @param samples statistics of the samples, of the same number of features
     * @param sampleRows their vectors, or null
     */
    public static FrechetDistance between(
            FrechetReference prepared,
            AdmStatistics reference,
            AdmStatistics samples,
            @Nullable FeatureRows sampleRows) {
        return prepared.distance(meanTerm(reference, samples), samples.statistics(), sampleRows);
    }

    /** Why digits of the value may not mean much, and where the reference may give none; empty at full rank. */
    public static List<String> warnings(FrechetDistance distance, String firstName, String secondName) {
        List<String> warnings = new ArrayList<>(distance.warnings(firstName, secondName));
        if (!warnings.isEmpty()) {
            warnings.add(
                    "ADM's evaluator may find a complex root of singular covariances, take its real part, or stop with an"
                            + " error: this is the real figure, and only its first digits are comparable");
        }
        return warnings;
    }

    private static double meanTerm(AdmStatistics reference, AdmStatistics samples) {
        int size = reference.mean().length;
        if (samples.mean().length != size) {
            throw new IllegalArgumentException(
                    "features of " + size + " and " + samples.mean().length + " values have no distance");
        }
        if (reference.singlePrecision() && samples.singlePrecision()) {
            float[] difference = new float[size];
            for (int i = 0; i < size; i++) {
                difference[i] = (float) reference.mean()[i] - (float) samples.mean()[i];
            }
            return Blas.dot(difference, difference);
        }
        double sum = 0;
        for (int i = 0; i < size; i++) {
            double difference = reference.mean()[i] - samples.mean()[i];
            sum += difference * difference;
        }
        return sum;
    }
}
