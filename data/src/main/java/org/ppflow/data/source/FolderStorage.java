package org.ppflow.data.source;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.ppflow.nn.errors.BadInputException;

/** A tree of files, without hidden folders. Links inside it and empty folders, which would be classes without a picture, are refused: a data set must be the same on every machine. In memory: about 150 bytes a file. */
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
        Path real = root.toRealPath();
        Files.walkFileTree(real, new SimpleFileVisitor<>() {
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
                for (Path part : real.relativize(file)) {
                    name.append(name.length() == 0 ? "" : "/").append(part);
                }
                files.add(new StoredFile(name.toString(), 0, attributes.size()));
                return FileVisitResult.CONTINUE;
            }

            /** Version control, say: nothing in it is looked at. */
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return !folder.equals(real) && isHidden(folder)
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                try (Stream<Path> inside = Files.list(folder)) {
                    if (!folder.equals(real) && inside.allMatch(FolderStorage::isHidden)) {
                        throw BadInputException.at(folder.toString())
                                .found("an empty folder")
                                .expected("pictures of a class")
                                .advice("fetch them, or move the folder away")
                                .build();
                    }
                }
                return super.postVisitDirectory(folder, failure);
            }
        });
        return new FolderStorage(root, files);
    }

    private static boolean isHidden(Path path) {
        return StoredFile.isHidden(String.valueOf(path.getFileName()));
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
