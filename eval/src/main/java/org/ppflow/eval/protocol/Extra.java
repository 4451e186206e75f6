package org.ppflow.eval.protocol;

import java.util.Locale;

/** Metrics of the protocol {@code exact} that cost more and are computed when asked for. */
public enum Extra {
    /** Kernel distance with its standard error. */
    KID,
    /** The Fréchet distance that endless samples would have, with an interval. */
    FID_INFINITY,
    /** Bootstrap intervals of Fréchet distance and Inception Score. */
    INTERVALS;

    /** As options spell it: {@code fid-infinity}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
