package org.ppflow.eval.protocol;

import java.util.IdentityHashMap;
import org.ppflow.eval.reference.StoredMoments;
import org.ppflow.eval.statistics.FeatureStatistics;
import org.ppflow.eval.statistics.FrechetReference;

/**
 * Statistics of a reference's file, factored once for all protocols that take distances to them. Native memory: that of one
 * {@link FrechetReference} for each pair of a mean and a covariance, until closed. Not safe for use by two threads at a time.
 */
final class FactoredStatistics implements AutoCloseable {
    private final IdentityHashMap<StoredMoments, FrechetReference> factored = new IdentityHashMap<>();

    /** Distances to these statistics; it belongs to this and is not to be closed. */
    FrechetReference of(StoredMoments moments) {
        return factored.computeIfAbsent(
                moments,
                stored -> new FrechetReference(
                        new FeatureStatistics(FeatureStatistics.UNKNOWN_COUNT, stored.mean(), stored.covariance())));
    }

    @Override
    public void close() {
        factored.values().forEach(FrechetReference::close);
        factored.clear();
    }
}
