package org.ppflow.eval.protocol;

import java.util.Optional;
import org.ppflow.eval.extraction.FeatureSet;
import org.ppflow.eval.feature.NetworkIdentity;
import org.ppflow.eval.reference.StoredMoments;
import org.ppflow.eval.reference.StoredStatistics;
import org.ppflow.nn.errors.BadInputException;

/** What must hold before sets are compared. */
final class SetChecks {
    private SetChecks() {}

    /** Features of different networks have nothing to do with each other, and every ball needs its neighbours. */
    static void require(Reference reference, FeatureSet samples, int nearestK) {
        NetworkIdentity network = samples.key().network();
        Optional<NetworkIdentity> other = reference.network();
        if (other.isPresent() && !other.get().equals(network)) {
            throw BadInputException.at(samples.name())
                    .found("features of " + network)
                    .expected("those of " + other.get() + ", as of " + reference.name())
                    .advice("take the features of both sets with the same network")
                    .build();
        }
        int features = samples.features().size();
        int spatial = samples.spatial().size();
        requireSizes(reference.name(), reference.statistics(), features, spatial);
        if (reference.images().isPresent()) {
            requireNeighbours(reference.name(), reference.images().get().count(), nearestK);
            requireNeighbours(samples.name(), samples.count(), nearestK);
        }
    }

    /**
     * Stored statistics must be of the network's features.
     *
     * @param features of the network
     * @param spatial features of the network, 0 where it has none
     */
    static void requireSizes(String name, Optional<StoredStatistics> stored, int features, int spatial) {
        if (stored.isPresent()) {
            requireSize(name, "mu", stored.get().pool(), features);
            if (spatial > 0) {
                requireSize(name, "mu_s", stored.get().spatial(), spatial);
            }
        }
    }

    private static void requireSize(String name, String array, StoredMoments stored, int size) {
        if (stored.size() != size) {
            throw BadInputException.at(name + ": " + array)
                    .found(stored.size() + " features")
                    .expected(size + ", as the network has")
                    .advice(
                            "the statistics are of another network: make the reference with this one (--make-reference)")
                    .build();
        }
    }

    /** Classes that were asked for must be some that the classifier knows. */
    static void requireLabels(String name, int classes, int... labels) {
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw BadInputException.at(name + ", picture " + i)
                        .found("label " + labels[i])
                        .expected("0 to " + (classes - 1) + ", the classes of the network")
                        .build();
            }
        }
    }

    /** Every picture needs k others. */
    static void requireNeighbours(String name, long count, int nearestK) {
        if (count <= nearestK) {
            throw BadInputException.at(name)
                    .found(count + " pictures")
                    .expected("more than k of precision and recall, " + nearestK)
                    .build();
        }
    }
}
