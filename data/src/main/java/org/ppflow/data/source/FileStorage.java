package org.ppflow.data.source;

import java.io.IOException;
import java.util.List;

/** Files with names, in a tree or an archive, of which any can be read. Nothing is unpacked to disk. */
interface FileStorage {
    /** What a person calls it. */
    String name();

    /** All files, in any order. */
    List<StoredFile> files();

    /** Opens it for reading; the caller closes it. */
    Reader open() throws IOException;

    /** Reads files; for one thread. */
    interface Reader extends AutoCloseable {
        /** All bytes of a file. */
        byte[] read(StoredFile file) throws IOException;

        @Override
        void close() throws IOException;
    }
}
