package org.ppflow.eval.protocol;

/**
 * What a person may choose of the {@code exact} protocol.
 *
 * @param nearestK neighbour that the balls of precision and recall reach, at least 1
 * @param splits parts of the shuffled score, at least 1
 * @param shuffleSeed seed of the shuffle
 */
public record ExactOptions(int nearestK, int splits, long shuffleSeed) {
    /** Third neighbour, ten parts, seed 0: as published numbers have it. */
    public static final ExactOptions DEFAULT = new ExactOptions(3, 10, 0);

    public ExactOptions {
        if (nearestK < 1) {
            throw new IllegalArgumentException("nearest_k: " + nearestK + " must be at least 1");
        }
        if (splits < 1) {
            throw new IllegalArgumentException("splits: " + splits + " must be at least 1");
        }
    }

    /** The same with another neighbour. */
    public ExactOptions withNearestK(int k) {
        return new ExactOptions(k, splits, shuffleSeed);
    }
}
