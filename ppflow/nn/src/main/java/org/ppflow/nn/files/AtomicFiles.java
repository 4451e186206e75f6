package org.ppflow.nn.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Writes a file or a folder so that its final name only ever shows complete content, also after a power cut: temporary name
 * beside it, fsync, rename, fsync of the folder. A write that fails leaves what was there before.
 */
public final class AtomicFiles {
    /** Ends the name of everything unfinished; readers skip such names and writers replace them. */
    public static final String UNFINISHED = ".unfinished";

    /** What Linux and macOS say. */
    private static final String NO_SPACE = "No space left on device";

    private static final int BUFFER_BYTES = 1 << 20;

    private AtomicFiles() {}

    /** Writes content to a stream. */
    @FunctionalInterface
    public interface StreamWriter {
        /** Writes everything; must not close the stream. */
        void writeTo(OutputStream out) throws IOException;
    }

    /** Writes content to an open channel, positioned at 0. */
    @FunctionalInterface
    public interface ChannelWriter {
        /** Writes everything; must not close the channel. */
        void writeTo(FileChannel channel) throws IOException;
    }

    /** Fills an empty folder. */
    @FunctionalInterface
    public interface FolderWriter {
        /** Writes all files of the folder. */
        void writeTo(Path folder) throws IOException;
    }

    /** Writes one file through a buffered stream; parent folders are made. */
    public static void write(Path target, StreamWriter content) throws IOException {
        writeChannel(target, channel -> {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
            content.writeTo(out);
            out.flush();
        });
    }

    /** Writes one text file in UTF-8. */
    public static void writeText(Path target, String text) throws IOException {
        write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Writes one file through a channel; parent folders are made. A pipe or a device is written to as it is. */
    public static void writeChannel(Path target, ChannelWriter content) throws IOException {
        Path absolute = target.toAbsolutePath();
        if (isDevice(absolute)) {
            writeToDevice(absolute, content);
            return;
        }
        Path parent = parentOf(absolute);
        Files.createDirectories(parent);
        Path unfinished = unfinished(absolute);
        try {
            try (FileChannel channel = FileChannel.open(
                    unfinished,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.READ,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
                content.writeTo(channel);
                channel.force(true);
            }
            Files.move(unfinished, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(unfinished);
            throw told(absolute, e);
        } catch (RuntimeException e) {
            Files.deleteIfExists(unfinished);
            throw e;
        }
        syncFolder(parent);
    }

    /**
     * Writes a whole folder, which must not exist yet; an unfinished one of an earlier try is removed first.
     *
     * @param target final name of the folder
     */
    public static void writeFolder(Path target, FolderWriter content) throws IOException {
        Path absolute = target.toAbsolutePath();
        Path parent = parentOf(absolute);
        Path unfinished = unfinished(absolute);
        deleteRecursively(unfinished);
        Files.createDirectories(unfinished);
        try {
            content.writeTo(unfinished);
            syncTree(unfinished);
            Files.move(unfinished, absolute, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            deleteRecursively(unfinished);
            throw told(absolute, e);
        } catch (RuntimeException e) {
            deleteRecursively(unfinished);
            if (isFull(e)) {
                throw full(absolute, e); // as TensorFlow tells it
            }
            throw e;
        }
        syncFolder(parent);
    }

    /**
     * Writes a whole folder in the place of one that may be there, which goes when the new one is complete. Killed between the two renames, the new folder
     * is beside its place as {@code NAME.new}, the old one as {@code NAME.old}; the same call made again ends as if nothing had happened.
     */
    public static void replaceFolder(Path target, FolderWriter content) throws IOException {
        Path absolute = target.toAbsolutePath();
        Path fresh = absolute.resolveSibling(absolute.getFileName() + ".new");
        Path old = absolute.resolveSibling(absolute.getFileName() + ".old");
        deleteRecursively(fresh);
        writeFolder(fresh, content);
        if (Files.exists(absolute)) {
            deleteRecursively(old);
            Files.move(absolute, old, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(fresh, absolute, StandardCopyOption.ATOMIC_MOVE);
        syncFolder(parentOf(absolute));
        deleteRecursively(old);
    }

    /** Removes a file or a folder with all its content; nothing happens where nothing is. Links are removed, not followed. */
    public static void deleteRecursively(Path root) throws IOException {
        if (!Files.exists(root, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** A pipe or a device such as /dev/stdout: what a rename would take away. */
    private static boolean isDevice(Path file) {
        return Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
    }

    /** What was written to it cannot be taken back. */
    private static void writeToDevice(Path device, ChannelWriter content) throws IOException {
        try (FileChannel channel = FileChannel.open(device, StandardOpenOption.WRITE)) {
            content.writeTo(channel);
        } catch (IOException e) {
            throw String.valueOf(e.getMessage()).startsWith(NO_SPACE)
                    ? new IOException("no space left on " + device + ": what was to be written is lost", e)
                    : e;
        }
    }

    private static IOException told(Path target, IOException e) {
        return isFull(e) ? full(target, e) : e;
    }

    private static boolean isFull(Exception e) {
        return String.valueOf(e.getMessage()).contains(NO_SPACE);
    }

    /** A full disk is reported by the system without a place. */
    private static IOException full(Path target, Exception cause) {
        return new IOException(
                "no space left for " + target + ": nothing of it was kept, and what was there before is whole; make"
                        + " room and start the same command again",
                cause);
    }

    private static Path unfinished(Path absolute) {
        return absolute.resolveSibling(absolute.getFileName() + UNFINISHED);
    }

    private static Path parentOf(Path absolute) throws IOException {
        Path parent = absolute.getParent();
        if (parent == null) {
            throw new NoSuchFileException(absolute.toString(), null, "the root of a file system cannot be written");
        }
        return parent;
    }

    private static void syncTree(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                    channel.force(true);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                syncFolder(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Makes a rename durable. Windows cannot open folders; there the rename alone has to do. */
    private static void syncFolder(Path folder) throws IOException {
        if (!java.io.File.separator.equals("/")) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
