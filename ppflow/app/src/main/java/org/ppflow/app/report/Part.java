package org.ppflow.app.report;

import java.util.Optional;

/** A part of a report: there, or missing for a reason that the page says. */
public sealed interface Part<T> {
    /**
     * It is there.
     *
     * @param content of the part
     */
    record Present<T>(T content) implements Part<T> {}

    /**
     * It is not there.
     *
     * @param reason in plain words
     * @param remedy command that makes it; empty where none does
     */
    record Missing<T>(String reason, String remedy) implements Part<T> {}

    /** A part that is there. */
    static <T> Part<T> of(T content) {
        return new Present<>(content);
    }

    /** A part that is missing. */
    static <T> Part<T> missing(String reason, String remedy) {
        return new Missing<>(reason, remedy);
    }

    /** What is there. */
    default Optional<T> present() {
        return this instanceof Present<T> there ? Optional.of(there.content()) : Optional.empty();
    }
}
