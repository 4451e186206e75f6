package org.ppflow.eval.preflight;

/**
 * Something that a reader of metrics should know of the pictures.
 *
 * @param code what kind, for programs
 * @param severity how bad
 * @param text for people: the set's name, what was found, what it does to the numbers, what to do
 */
public record Finding(Code code, Severity severity, String text) {
    /** Kinds of findings. */
    public enum Code {
        /** Another number of pictures than published figures have. */
        COUNT,
        /** Fewer pictures than features: a singular covariance. */
        FEWER_THAN_DIMENSIONS,
        /** The last chunk of the Inception Score has fewer pictures than the others. */
        SHORT_LAST_SPLIT,
        /** Pictures that are there more than once. */
        REPEATED_PICTURES,
        /** Pictures of one colour. */
        ONE_COLOUR,
        /** Every pixel is 0 or 1. */
        ZERO_AND_ONE,
        /** Pixels use a small part of 0..255. */
        NARROW_RANGE,
        /** Every picture is grey, in three channels. */
        GREY,
        /** Classes come one after the other. */
        CLASS_ORDER,
        /** Pictures of another size than the reference's. */
        OTHER_RESOLUTION,
        /** Pictures that are in both sets. */
        SHARED_PICTURES
    }

    public Finding {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a finding " + code + " that says nothing");
        }
    }
}
