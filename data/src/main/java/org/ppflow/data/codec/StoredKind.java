package org.ppflow.data.codec;

/** What a row of a data set holds. */
public enum StoredKind {
    /** The latent itself. */
    LATENTS("latents"),
    /** Mean of the posterior, then its log-variance: twice the channels of a latent. */
    MOMENTS("moments");

    private final String column;

    StoredKind(String column) {
        this.column = column;
    }

    /** Name of the column. */
    public String column() {
        return column;
    }

    /** Name of the column that holds the same of the mirrored picture. */
    public String flippedColumn() {
        return column + "_flipped";
    }

    /** Channels of a latent, for so many stored channels. */
    public int latentChannels(int storedChannels) {
        return this == LATENTS ? storedChannels : storedChannels / 2;
    }

    @Override
    public String toString() {
        return column;
    }
}
