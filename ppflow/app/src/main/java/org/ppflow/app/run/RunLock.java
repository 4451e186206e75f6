package org.ppflow.app.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.ppflow.nn.errors.BadInputException;

/** Keeps a second process out of a folder. The system drops the lock when a process ends, however it ends. */
public final class RunLock implements AutoCloseable {
    private static final String FILE = ".lock";

    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes it.
     *
     * @param folder that is there
     * @param work what the other process would be doing
     * @param advice beside waiting
     * @throws BadInputException if another process has it
     */
    public static RunLock take(Path folder, String work, String advice) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null; // taken by this very process
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        if (lock == null) {
            channel.close();
            throw BadInputException.at(folder.toString())
                    .found("another process is " + work)
                    .advice("wait until it ends, or " + advice)
                    .build();
        }
        return new RunLock(channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
