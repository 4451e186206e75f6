package org.ppflow.eval.extraction;

import java.util.Optional;
import org.ppflow.eval.rows.FeatureRows;

/**
 * What a pass over pictures leaves, row by row in their order; on disk or in memory.
 *
 * @param name of the pictures
 * @param key what the rows follow from
 * @param features [n, D]
 * @param spatial [n, S], S = 0 where the network has none
 * @param probabilities [n, K], K = 0 where the network has none
 * @param keys a number for each picture that depends on its pixels alone
 * @param labels class of each picture, where the source knows
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record FeatureSet(
        String name,
        FeatureKey key,
        FeatureRows features,
        FeatureRows spatial,
        FeatureRows probabilities,
        long[] keys,
        Optional<int[]> labels) {
    public FeatureSet {
        int count = key.count();
        if (features.count() != count
                || spatial.count() != count
                || probabilities.count() != count
                || keys.length != count
                || labels.map(all -> all.length != count).orElse(false)) {
            throw new IllegalArgumentException(name + ": not one row for each of " + count + " pictures");
        }
    }

    /** Number of pictures. */
    public int count() {
        return key.count();
    }

    /** The same with classes that were asked for. */
    public FeatureSet withLabels(int... asked) {
        return new FeatureSet(name, key, features, spatial, probabilities, keys, Optional.of(asked));
    }
}
