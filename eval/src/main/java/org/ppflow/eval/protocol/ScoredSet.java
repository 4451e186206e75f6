package org.ppflow.eval.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ppflow.eval.feature.ImageFeatures;
import org.ppflow.eval.images.ImageFormat;
import org.ppflow.eval.statistics.FeatureStatistics;

/**
 * All that metrics need of one set of pictures; the pictures are not needed any more.
 *
 * @param name what the source was called
 * @param format size of the pictures
 * @param contentHash SHA-256 over the pictures in any order
 * @param networkHash content hash of the network that described them
 * @param described features and probabilities of every picture
 * @param statistics moments of the features
 * @param keys a number for each picture that depends on its pixels alone
 * @param labels class of each picture; null where there are none
 * @param findings what is doubtful about the set
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ScoredSet(
        String name,
        ImageFormat format,
        String contentHash,
        String networkHash,
        ImageFeatures described,
        FeatureStatistics statistics,
        long[] keys,
        int @Nullable [] labels,
        List<Finding> findings) {
    public ScoredSet {
        findings = List.copyOf(findings);
    }

    /** Number of pictures. */
    public int count() {
        return described.count();
    }
}
