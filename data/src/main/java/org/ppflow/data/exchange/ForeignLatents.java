package org.ppflow.data.exchange;

import java.io.IOException;
import java.util.OptionalInt;
import org.ppflow.data.codec.LatentShape;

/** Latents that another toolkit has stored, in a fixed order. Opened as often as wanted; nothing is held between two readings. */
public interface ForeignLatents {
    /** What a person calls it: the folder. */
    String name();

    /** SHA-256 over the names and lengths of its files, 64 hexadecimal digits. */
    String sha256();

    /** Number of latents. */
    long size();

    /** Shape of each. */
    LatentShape shape();

    /** Side of the pictures, pixels, where the layout says it. */
    OptionalInt imageSize();

    /** Whether those of the mirrored pictures are stored as well. */
    boolean mirror();

    /** Classes: one more than the greatest label. */
    int classes();

    /** Starts to read at a row, in [0, size()]. The caller closes it. */
    Reader open(long fromRow) throws IOException;

    /** Latents one after the other. */
    interface Reader extends AutoCloseable {
        /** The next row; there is one as long as fewer than {@link #size} were read. */
        ForeignRow next() throws IOException;

        @Override
        void close() throws IOException;
    }
}
