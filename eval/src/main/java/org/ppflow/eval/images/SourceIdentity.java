package org.ppflow.eval.images;

/**
 * How a source is recognised.
 *
 * @param kind what the text is
 * @param text for {@code CONTENT} a hash that changes with any pixel; for {@code STAMP} what a file system knows without reading: paths, lengths, times,
 *     directories of archives. Equal stamps mean that content hashed before is still the content.
 */
public record SourceIdentity(Kind kind, String text) {
    /** What is known. */
    public enum Kind {
        /** The content's own hash. */
        CONTENT,
        /** A stamp of the files. */
        STAMP
    }

    public SourceIdentity {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("an empty " + kind + " identifies nothing");
        }
    }
}
