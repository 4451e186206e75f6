package org.ppflow.eval.images;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ppflow.nn.files.Sha256;

/**
 * What a file system knows of files without reading them: path, length, time of the last change of content and (where there is one) of the inode, and the
 * inode's number. Times are as fine as the file system's, so a file that is replaced by one of equal length with its old times put back is told by its inode.
 */
final class FileStamp {
    private static final String POSIX = "unix:size,lastModifiedTime,ctime,ino";

    private final MessageDigest digest = Sha256.digest();

    /** Adds a text. */
    FileStamp add(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
        return this;
    }

    /** Adds where a file lies, links followed. */
    FileStamp addPlace(Path file) throws IOException {
        return add(file.toRealPath().toString());
    }

    /** Adds what is known of a file, without its place. */
    FileStamp addFile(Path file) throws IOException {
        try {
            Map<String, Object> known = Files.readAttributes(file, POSIX);
            return add(known.get("size") + " " + nanos(known.get("lastModifiedTime")) + " " + nanos(known.get("ctime"))
                    + " " + known.get("ino"));
        } catch (UnsupportedOperationException | IllegalArgumentException e) { // Windows
            BasicFileAttributes known = Files.readAttributes(file, BasicFileAttributes.class);
            return add(known.size() + " " + nanos(known.lastModifiedTime()) + " " + nanos(known.creationTime()));
        }
    }

    private static String nanos(@Nullable Object time) {
        return time instanceof FileTime known ? known.toInstant().toString() : "";
    }

    /** Nothing can be added afterwards. */
    SourceIdentity identity() {
        return new SourceIdentity(SourceIdentity.Kind.STAMP, Sha256.hex(digest.digest()));
    }
}
