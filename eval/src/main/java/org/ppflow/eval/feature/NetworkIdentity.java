package org.ppflow.eval.feature;

/**
 * Which network features come from. Features travel without their network, through files too; this goes with them, so that sets of
 * different networks are never compared.
 *
 * @param kind names the metrics
 * @param contentHash changes whenever the network's numbers may
 */
public record NetworkIdentity(String kind, String contentHash) {
    public NetworkIdentity {
        if (kind.isEmpty() || contentHash.isEmpty()) {
            throw new IllegalArgumentException(
                    "a network of kind '" + kind + "' and hash '" + contentHash + "' is not identified");
        }
    }

    /** Of a network at hand. */
    public static NetworkIdentity of(FeatureNetwork network) {
        return new NetworkIdentity(network.kind(), network.contentHash());
    }
}
