package org.ppflow.eval.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.ppflow.nn.files.AtomicFiles;

/**
 * Files that several processes may write at the same time, on several machines too: each writes under a name of its own, and the last one to finish stays.
 * {@link AtomicFiles} alone has one unfinished name for all of them.
 */
public final class SharedFiles {
    private SharedFiles() {}

    /** Writes one file, whole or not at all; parent folders are made. */
    public static void write(Path file, AtomicFiles.ChannelWriter content) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path folder = absolute.getParent();
        if (folder == null) {
            throw new IllegalArgumentException(file + " lies in no folder");
        }
        Files.createDirectories(folder);
        Path own = Files.createTempFile(folder, absolute.getFileName() + ".", "");
        try {
            AtomicFiles.writeChannel(own, content);
            Files.move(own, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(own);
        }
    }
}
