package org.ppflow.data.source;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Pictures one after the other, read but not decoded; the stream itself keeps none. */
public interface PictureStream extends AutoCloseable {
    /** The next picture, or null after the last. */
    @Nullable
    PictureEntry next() throws IOException;

    /** Passes over the next picture, reading nothing where the format allows it; false after the last. */
    default boolean skip() throws IOException {
        return next() != null;
    }

    @Override
    void close() throws IOException;
}
