package org.ppflow.eval.protocol;

import java.util.Optional;
import org.ppflow.eval.extraction.FeatureSet;
import org.ppflow.eval.feature.NetworkIdentity;
import org.ppflow.eval.reference.StoredStatistics;

/**
 * What samples are compared with: features of pictures, statistics that a file has of a larger set, or both. Where there are statistics, Fréchet distances
 * are to them, as ADM's evaluator has it; precision and recall need the pictures.
 *
 * @param name for reports
 * @param images features of pictures
 * @param statistics of the whole set; whoever stored them says of which network they are
 */
public record Reference(String name, Optional<FeatureSet> images, Optional<StoredStatistics> statistics) {
    public Reference {
        if (images.isEmpty() && statistics.isEmpty()) {
            throw new IllegalArgumentException("reference " + name + " has neither pictures nor statistics");
        }
    }

    /** Pictures alone. */
    public static Reference of(FeatureSet images) {
        return new Reference(images.name(), Optional.of(images), Optional.empty());
    }

    /** The network of the pictures' features. */
    Optional<NetworkIdentity> network() {
        return images.map(set -> set.key().network());
    }
}
