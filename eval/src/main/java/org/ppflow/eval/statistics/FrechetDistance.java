package org.ppflow.eval.statistics;

import java.util.ArrayList;
import java.util.List;

/**
 * Fréchet distance of two normal distributions, |μ₁ − μ₂|² + tr Σ₁ + tr Σ₂ − 2·tr √(Σ₁Σ₂) (Dowson and Landau 1982; Heusel et al.
 * 2017). It is the FID where features come from Inception, and nothing else is.
 *
 * <p>Not cut off at 0: equal sets give a number of about 1e-14·tr Σ with either sign.
 *
 * @param value the distance
 * @param meanTerm |μ₁ − μ₂|²
 * @param traceOfRoot tr √(Σ₁Σ₂)
 * @param warnings why digits of the value may not mean much; empty at full rank
 */
public record FrechetDistance(double value, double meanTerm, double traceOfRoot, List<String> warnings) {
    public FrechetDistance {
        warnings = List.copyOf(warnings);
    }

    /** The distance between a reference and samples, of the same number of features. Singular covariances are fine. */
    public static FrechetDistance between(FeatureStatistics reference, FeatureStatistics samples) {
        if (reference.size() != samples.size()) {
            throw new IllegalArgumentException(
                    "features of " + reference.size() + " and " + samples.size() + " values have no distance");
        }
        double meanTerm = 0;
        for (int i = 0; i < reference.size(); i++) {
            double difference = reference.mean()[i] - samples.mean()[i];
            meanTerm += difference * difference;
        }
        CovarianceRoot root = CovarianceRoot.of(reference.covariance(), samples.covariance(), reference.size());
        double value = meanTerm + reference.trace() + samples.trace() - 2 * root.trace();
        List<String> warnings = new ArrayList<>();
        warnIfSingular("reference", reference, root.firstRank(), warnings);
        warnIfSingular("samples", samples, root.secondRank(), warnings);
        return new FrechetDistance(value, meanTerm, root.trace(), warnings);
    }

    private static void warnIfSingular(String name, FeatureStatistics statistics, int rank, List<String> warnings) {
        int size = statistics.size();
        if (statistics.count() <= size) {
            warnings.add(name + ": " + statistics.count() + " images are too few for " + size
                    + " features, the covariance is singular and the distance is biased; give more than " + size);
        } else if (rank < size) {
            warnings.add(name + ": the covariance is singular, rank " + rank + " of " + size
                    + ": some features are constant or follow from others");
        }
    }
}
