package org.ppflow.data.source;

import java.util.Locale;

/** What a row of a source is used for. */
public enum Part {
    /** Every row. */
    ALL,
    /** Rows that models and classifiers train on. */
    TRAIN,
    /** Rows kept out, which samples are compared with. */
    REFERENCE;

    /** Lower-case name, as in manifests and folder names. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return id();
    }
}
