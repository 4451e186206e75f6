package org.ppflow.nn.pickle;

/** Python's {@code None}. */
public enum None {
    /** The only one. */
    NONE
}
