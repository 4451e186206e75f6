package org.ppflow.nn.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;

/** Hash of a file's content, or of the names and contents of all files in a folder. */
public final class ContentHash {
    private ContentHash() {}

    /** Files are read in pieces; of a folder, the list of names is held in memory. */
    public static String of(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return Sha256.of(path);
        }
        List<Path> files;
        try (Stream<Path> walk = Files.walk(path)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        MessageDigest digest = Sha256.digest();
        for (Path file : files) {
            String name = path.relativize(file).toString().replace('\\', '/');
            digest.update((name + "\0" + Sha256.of(file) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return Sha256.hex(digest.digest());
    }
}
