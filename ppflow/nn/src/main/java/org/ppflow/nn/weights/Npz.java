package org.ppflow.nn.weights;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import org.ppflow.nn.files.AtomicFiles;

/** NumPy's npz format: a zip archive of npy arrays. */
public final class Npz {
    /** Ends the name of every array's entry. */
    static final String SUFFIX = ".npy";

    /** Whether entries are packed. */
    public enum Compression {
        /** As {@code numpy.savez} does. */
        STORED,
        /** As {@code numpy.savez_compressed} does. */
        DEFLATED
    }

    private Npz() {}

    /** Opens an archive: its directory is checked, arrays are read when asked for. */
    public static NpzFile open(Path file) throws IOException {
        return NpzFile.open(file);
    }

    /**
     * Writes an archive, complete or not at all. The bytes depend on the content alone.
     *
     * @param arrays in the order they are to have; each is asked for its content when its turn comes
     */
    public static void write(Path file, Compression compression, Collection<TensorSource> arrays) throws IOException {
        AtomicFiles.writeChannel(file, channel -> {
            ZipWriter zip = new ZipWriter(channel);
            for (TensorSource array : arrays) {
                byte[] header = NpyHeader.write(array.info());
                zip.add(array.info().name() + SUFFIX, compression == Compression.DEFLATED, out -> {
                    out.write(header);
                    TensorOutput.writeBody(array, out);
                });
            }
            zip.finish();
        });
    }
}
