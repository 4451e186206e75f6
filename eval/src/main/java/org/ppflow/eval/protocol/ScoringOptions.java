package org.ppflow.eval.protocol;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.ppflow.eval.neighbours.AdmPrecisionRecall;
import org.ppflow.eval.statistics.AdmInceptionScore;

/**
 * What protocols leave open.
 *
 * @param nearestK k of precision and recall; published numbers have 3
 * @param splitSize pictures of a chunk of the Inception Score of {@code adm}; published numbers have 5000
 * @param block rows of a block of distances of {@code adm}; published numbers have 10 000
 * @param extras further metrics of {@code exact}
 * @param resamples of bootstrap intervals, at least 2
 */
public record ScoringOptions(int nearestK, int splitSize, int block, Set<Extra> extras, int resamples) {
    /** As published, no extras. */
    public static final ScoringOptions PUBLISHED =
            new ScoringOptions(3, AdmInceptionScore.SPLIT_SIZE, AdmPrecisionRecall.BLOCK, Set.of(), 40);

    public ScoringOptions {
        if (nearestK < 1 || splitSize < 1 || block < 1 || resamples < 2) {
            throw new IllegalArgumentException("nearest_k " + nearestK + ", split size " + splitSize + " and block "
                    + block + " must be at least 1, resamples " + resamples + " at least 2");
        }
        extras = extras.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(extras));
    }

    /** The same with another k. */
    public ScoringOptions withNearestK(int k) {
        return new ScoringOptions(k, splitSize, block, extras, resamples);
    }

    /** The same with further metrics. */
    public ScoringOptions with(Set<Extra> more) {
        return new ScoringOptions(nearestK, splitSize, block, more, resamples);
    }
}
