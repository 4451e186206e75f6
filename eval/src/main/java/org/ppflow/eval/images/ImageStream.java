package org.ppflow.eval.images;

import java.io.IOException;
import java.util.Optional;

/** One pass over an {@link ImageSource}; used by one thread. */
public interface ImageStream extends AutoCloseable {
    /** The next pictures, as many as the source likes to give at a time, or empty at the end. */
    Optional<ImageBatch> next() throws IOException;

    @Override
    void close() throws IOException;
}
