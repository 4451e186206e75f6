package org.ppflow.data.source;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.ppflow.nn.errors.BadInputException;

/** A tree of files. Links are refused: a data set must be the same on every machine. In memory: about 150 bytes a file. */
final class FolderStorage implements FileStorage {
    private final Path root;
    private final List<StoredFile> files;

    private FolderStorage(Path root, List<StoredFile> files) {
        this.root = root;
        this.files = files;
    }

    /** Walks the tree. */
    static FolderStorage open(Path root) throws IOException {
        List<StoredFile> files = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (!attributes.isRegularFile()) {
                    throw BadInputException.at(file.toString())
                            .found(attributes.isSymbolicLink() ? "a link" : "no regular file")
                            .expected("files")
                            .advice("copy what it leads to, or move it away")
                            .build();
                }
                StringBuilder name = new StringBuilder();
                for (Path part : root.relativize(file)) {
                    name.append(name.length() == 0 ? "" : "/").append(part);
                }
                files.add(new StoredFile(name.toString(), 0, attributes.size()));
                return FileVisitResult.CONTINUE;
            }
        });
        return new FolderStorage(root, files);
    }

    @Override
    public String name() {
        return root.toString();
    }

    @Override
    public List<StoredFile> files() {
        return files;
    }

    @Override
    public Reader open() {
        return new Reader() {
            @Override
            public byte[] read(StoredFile file) throws IOException {
                return Files.readAllBytes(root.resolve(file.name()));
            }

            @Override
            public void close() {}
        };
    }
}
