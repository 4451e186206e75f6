package org.ppflow.app.console;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Standard output that keeps why it could not be written, which {@link java.io.PrintWriter} does not: a full disk loses results, while a reader that is gone, as
 * {@code head} after its lines, has all that it wanted. Nothing is held back; buffers are the writer's.
 */
public final class ResultStream extends FilterOutputStream {
    /** What Linux and macOS say of a pipe without a reader (EPIPE). */
    private static final String NO_READER = "Broken pipe";

    private volatile @Nullable IOException failure;

    /** Writes to a stream, which is not closed by it alone. */
    public ResultStream(OutputStream target) {
        super(target);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        try {
            out.write(bytes, from, count);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /** Whether what read this has ended before all was written. */
    public boolean readerIsGone() {
        IOException last = failure;
        return last != null && String.valueOf(last.getMessage()).contains(NO_READER);
    }

    /** Why nothing more could be written; empty where all could. */
    public String reason() {
        IOException last = failure;
        return last == null ? "" : String.valueOf(last.getMessage());
    }
}
