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
 * @param first what there is of the first covariance
 * @param second what there is of the second
 */
public record FrechetDistance(double value, double meanTerm, double traceOfRoot, Rank first, Rank second) {
    /**
     * How much of a covariance its set determines.
     *
     * @param count number of feature vectors
     * @param rank numerical rank of their covariance
     * @param size number of features
     */
    public record Rank(long count, int rank, int size) {
        /** Whether some direction has no variance. */
        public boolean singular() {
            return count <= size || rank < size;
        }

        private void warn(String name, List<String> warnings) {
            if (count <= size) {
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
        return new FrechetDistance(
                value,
                meanTerm,
                root.trace(),
                new Rank(reference.count(), root.firstRank(), reference.size()),
                new Rank(samples.count(), root.secondRank(), samples.size()));
    }

    /** Why digits of the value may not mean much; empty at full rank. */
    public List<String> warnings(String firstName, String secondName) {
        List<String> warnings = new ArrayList<>();
        first.warn(firstName, warnings);
        second.warn(secondName, warnings);
        return warnings;
    }
}
