package org.ppflow.app.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ppflow.nn.errors.BadInputException;

/** Keeps a second process out of a folder. The system drops the lock when a process ends, however it ends. */
public final class RunLock implements AutoCloseable {
    private static final String FILE = ".lock";

    private final FileChannel channel;

    private final Optional<Path> temporary;

    private RunLock(FileChannel channel, Optional<Path> temporary) {
        this.channel = channel;
        this.temporary = temporary;
    }

    /**
     * Keeps a second process from a file that is to be made, by {@code NAME.lock} beside it, which goes with the lock.
     *
     * @param target file or folder that may not be there yet
     * @param work what the other process would be doing
     * @param advice beside waiting
     * @throws BadInputException if another process has it
     */
    public static RunLock beside(Path target, String work, String advice) throws IOException {
        Path absolute = target.toAbsolutePath();
        Files.createDirectories(Objects.requireNonNull(absolute.getParent()));
        Path file = absolute.resolveSibling(absolute.getFileName() + ".lock");
        return new RunLock(channel(file, target, work, advice), Optional.of(file));
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
        return new RunLock(channel(folder.resolve(FILE), folder, work, advice), Optional.empty());
    }

    private static FileChannel channel(Path file, Path target, String work, String advice) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
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
            throw BadInputException.at(target.toString())
                    .found("another process is " + work)
                    .advice("wait until it ends, or " + advice)
                    .build();
        }
        return channel;
    }

    @Override
    public void close() throws IOException {
        // Before the lock goes: whoever opens the name later has a file of its own.
        if (temporary.isPresent()) {
            Files.deleteIfExists(temporary.get());
        }
        channel.close();
    }
}
