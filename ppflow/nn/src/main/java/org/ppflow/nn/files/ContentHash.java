package org.ppflow.nn.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;

/** Hash of a file's content, or of the names and contents of all files in a folder. Links are what they lead to, as for those who read the files. */
public final class ContentHash {
    private ContentHash() {}

    /** Files are read in pieces; of a folder, the list of names is held in memory. */
    public static String of(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return Sha256.of(path);
        }
        MessageDigest digest = Sha256.digest();
        for (Path file : files(path)) {
            String name = path.relativize(file).toString().replace('\\', '/');
            digest.update((name + "\0" + Sha256.of(file) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return Sha256.hex(digest.digest());
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
