package org.ppflow.eval.protocol;

import java.util.Optional;
import org.ppflow.eval.extraction.FeatureSet;
import org.ppflow.eval.feature.NetworkIdentity;
import org.ppflow.eval.reference.StoredMoments;
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
        if (reference.statistics().isPresent()) {
            requireSize(
                    reference,
                    "mu",
                    reference.statistics().get().pool(),
                    samples.features().size());
            if (samples.spatial().size() > 0) {
                requireSize(
                        reference,
                        "mu_s",
                        reference.statistics().get().spatial(),
                        samples.spatial().size());
            }
        }
        if (reference.images().isPresent()) {
            requireNeighbours(reference.images().get(), nearestK);
            requireNeighbours(samples, nearestK);
        }
    }

    private static void requireSize(Reference reference, String array, StoredMoments stored, int size) {
        if (stored.size() != size) {
            throw BadInputException.at(reference.name() + ": " + array)
                    .found(stored.size() + " features")
                    .expected(size + ", as the network has")
                    .advice(
                            "the statistics are of another network: make the reference with this one (--make-reference)")
                    .build();
        }
    }

    private static void requireNeighbours(FeatureSet set, int nearestK) {
        if (set.count() <= nearestK) {
            throw BadInputException.at(set.name())
                    .found(set.count() + " pictures")
                    .expected("more than evaluation.nearest_k, " + nearestK)
                    .build();
        }
    }
}
