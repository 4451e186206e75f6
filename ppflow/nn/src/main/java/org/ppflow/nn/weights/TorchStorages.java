package org.ppflow.nn.weights;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** Where a PyTorch file keeps the raw data of its storages, by key. */
interface TorchStorages extends Closeable {
    /** What errors call it. */
    String place(String key);

    boolean has(String key);

    /** Length in the file. */
    long bytes(String key) throws IOException;

    /** All of it; the caller closes the stream. */
    InputStream open(String key) throws IOException;
}
