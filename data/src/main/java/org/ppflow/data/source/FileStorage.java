package org.ppflow.data.source;

import java.io.IOException;
import java.util.List;

/** Files with names, in a tree or an archive, of which any can be read. Nothing is unpacked to disk. */
interface FileStorage {
    /** What a person calls it. */
    String name();

    /** All files, in any order. */
    List<StoredFile> files();

    /** A hash of what the storage itself says of its files' content, without reading it; empty where it says nothing. */
    default String checksums() {
        return "";
    }

    /** Opens it for reading; the caller closes it. */
    Reader open() throws IOException;

    /** Reads files; safe for many threads. */
    interface Reader extends AutoCloseable {
        /** All bytes of a file. */
        byte[] read(StoredFile file) throws IOException;

        @Override
        void close() throws IOException;
    }
}
