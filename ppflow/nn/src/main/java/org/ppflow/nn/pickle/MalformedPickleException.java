package org.ppflow.nn.pickle;

/** What is wrong inside a pickle, before it is known where. */
final class MalformedPickleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedPickleException(String found) {
        super(found);
    }

    MalformedPickleException(String found, Throwable cause) {
        super(found, cause);
    }
}
