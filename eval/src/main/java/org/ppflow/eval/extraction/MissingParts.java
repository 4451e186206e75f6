package org.ppflow.eval.extraction;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.ppflow.eval.feature.FeatureNetwork;
import org.ppflow.eval.images.ImageBatch;

/**
 * Puts pictures that come in their order into the parts that are missing; pictures of other parts pass without the network. In memory: one part.
 */
final class MissingParts {
    private final String name;
    private final int count;
    private final FeatureNetwork network;
    private final FeatureParts parts;
    private final Set<Integer> missing;
    private int part = -1;
    private @Nullable PartGathering gathering;

    /**
     * Nothing has come yet.
     *
     * @param name of the pictures
     * @param count of all pictures
     * @param missing numbers of the parts to fill
     */
    MissingParts(String name, int count, FeatureNetwork network, FeatureParts parts, Collection<Integer> missing) {
        this.name = name;
        this.count = count;
        this.network = network;
        this.parts = parts;
        this.missing = new TreeSet<>(missing);
    }

    /**
     * Takes a batch, which does not reach from one part into the next.
     *
     * @param first index of its first picture; where a part begins, or behind the batch before
     */
    void take(int first, ImageBatch batch) {
        int wanted = first / FeatureParts.ROWS;
        if (!missing.contains(wanted)) {
            return;
        }
        PartGathering growing = gathering;
        if (growing == null || part != wanted) {
            if (first != FeatureParts.first(wanted)) {
                throw new IllegalArgumentException("picture " + first + " begins no part");
            }
            growing = new PartGathering(name, network, first, FeatureParts.rows(wanted, count));
            gathering = growing;
            part = wanted;
        }
        growing.add(batch, network.extract(batch));
        if (growing.isFull()) {
            parts.put(part, growing.features(), growing.keys());
            missing.remove(part);
            gathering = null;
        }
    }
}
