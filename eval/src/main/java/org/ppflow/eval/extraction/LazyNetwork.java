package org.ppflow.eval.extraction;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.ppflow.eval.feature.FeatureNetwork;
import org.ppflow.eval.feature.NetworkIdentity;

/** A network that is opened when a picture needs it: features that are known already never do. Owns what it opened. */
public final class LazyNetwork implements AutoCloseable {
    private final NetworkIdentity identity;
    private final Opener opener;
    private @Nullable FeatureNetwork opened;

    /** Opens the network. */
    @FunctionalInterface
    public interface Opener {
        /** Called once at most. */
        FeatureNetwork open() throws IOException;
    }

    /**
     * Not opened yet.
     *
     * @param identity of what the opener opens
     */
    public LazyNetwork(NetworkIdentity identity, Opener opener) {
        this.identity = identity;
        this.opener = opener;
    }

    /** One that is open already; it is closed with this. */
    public static LazyNetwork of(FeatureNetwork network) {
        LazyNetwork lazy = new LazyNetwork(NetworkIdentity.of(network), () -> network);
        lazy.opened = network; // closed even if no picture needs it
        return lazy;
    }

    /** Which network it is. */
    public NetworkIdentity identity() {
        return identity;
    }

    /** Whether it is open: from the start, or because a picture needed it. */
    public boolean isOpen() {
        return opened != null;
    }

    /** The network, opened by the first call. */
    public FeatureNetwork get() throws IOException {
        FeatureNetwork known = opened;
        if (known == null) {
            known = opener.open();
            if (!NetworkIdentity.of(known).equals(identity)) {
                NetworkIdentity found = NetworkIdentity.of(known);
                known.close();
                throw new IllegalStateException("a network called " + identity + " turned out to be " + found);
            }
            opened = known;
        }
        return known;
    }

    @Override
    public void close() {
        if (opened != null) {
            opened.close();
        }
    }
}
