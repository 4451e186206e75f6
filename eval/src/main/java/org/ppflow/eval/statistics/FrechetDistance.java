package org.ppflow.eval.statistics;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ppflow.eval.rows.FeatureRows;

/**
 * Fréchet distance of two normal distributions, |μ₁ − μ₂|² + tr Σ₁ + tr Σ₂ − 2·tr √(Σ₁Σ₂) (Dowson and Landau 1982; Heusel et al.
 * 2017). It is the FID where features come from Inception, and nothing else is.
 *
 * <p>Not cut off at 0: equal sets give a number of about 1e-14·tr Σ with either sign.
 *
 * @param value the distance
 * @param meanTerm |μ₁ − μ₂|²
 * @param traceOfRoot tr √(Σ₁Σ₂)
 * @param first what there is of the first covariance
 * @param second what there is of the second
 */
public record FrechetDistance(double value, double meanTerm, double traceOfRoot, Rank first, Rank second) {
    /**
     * How much of a covariance its set determines.
     *
     * @param count number of feature vectors, or {@link FeatureStatistics#UNKNOWN_COUNT}
     * @param rank numerical rank of their covariance; where it comes from fewer vectors than features, the most it can be
     * @param size number of features
     */
    public record Rank(long count, int rank, int size) {
        /** Whether some direction has no variance. */
        public boolean singular() {
            return tooFew() || rank < size;
        }

        private boolean tooFew() {
            return count != FeatureStatistics.UNKNOWN_COUNT && count <= size;
        }

        private void warn(String name, List<String> warnings) {
            if (tooFew()) {
                warnings.add(name + ": " + count + " pictures are too few for " + size
                        + " features, the covariance is singular and the distance is biased; give more than " + size);
            } else if (rank < size) {
                warnings.add(name + ": the covariance is singular, rank " + rank + " of " + size
                        + ": some features are constant or follow from others");
            }
        }
    }

    /** The distance between a reference and samples, of the same number of features. Singular covariances are fine. */
    public static FrechetDistance between(FeatureStatistics reference, FeatureStatistics samples) {
        return between(reference, null, samples, null);
    }

    /**
     * The distance where the vectors are at hand too: exact though there be fewer of them than features.
     *
     * @param reference statistics of the reference
     * @param referenceRows its vectors, or null
     * @param samples statistics of the samples, of the same number of features
     * @param sampleRows their vectors, or null
     */
    public static FrechetDistance between(
            FeatureStatistics reference,
            @Nullable FeatureRows referenceRows,
            FeatureStatistics samples,
            @Nullable FeatureRows sampleRows) {
        try (FrechetReference prepared = new FrechetReference(reference, referenceRows)) {
            return prepared.distanceTo(samples, sampleRows);
        }
    }

    /** Why digits of the value may not mean much; empty at full rank. */
    public List<String> warnings(String firstName, String secondName) {
        List<String> warnings = new ArrayList<>();
        first.warn(firstName, warnings);
        second.warn(secondName, warnings);
        return warnings;
    }
}
