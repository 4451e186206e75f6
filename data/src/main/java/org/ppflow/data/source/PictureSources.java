package org.ppflow.data.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ppflow.data.picture.PictureStart;
import org.ppflow.nn.errors.BadInputException;

/**
 * Finds a source by the name a person gives: {@code mnist-t10k}, which ships with the toolkit; {@code idx:PATH}, where PATH is an IDX image file with its
 * label file beside it (named alike, {@code labels-idx1} for {@code images-idx3}), or a folder with one such pair; or the path of pictures in a folder a
 * class: a tar (ImageNet's tar of tars too), a zip, a tree.
 */
public final class PictureSources {
    private static final String IDX = "idx:";
    private static final String IMAGES = "images-idx3";
    private static final String LABELS = "labels-idx1";
    private static final String PACKED = ".gz";

    private PictureSources() {}

    /** The source of that name, read as the published pipelines do. */
    public static PictureSource open(String name) throws IOException {
        return open(name, SourceOptions.published());
    }

    /** The source of that name. */
    public static PictureSource open(String name, SourceOptions options) throws IOException {
        PictureSource source = find(name, options);
        Optional<Boolean> mirror = options.mirror();
        return mirror.isEmpty() || mirror.get() == source.mirror() ? source : new Mirrored(source, mirror.get());
    }

    private static PictureSource find(String name, SourceOptions options) throws IOException {
        boolean numbered = name.equals(Mnist.NAME) || name.startsWith(IDX);
        if (numbered && options.classNames().isPresent()) {
            throw BadInputException.at("--class-names " + options.classNames().get())
                    .found("'" + name + "', whose classes are numbers")
                    .expected("a tar, a zip or a folder with a folder a class")
                    .advice("leave --class-names out")
                    .build();
        }
        if (name.equals(Mnist.NAME)) {
            return Mnist.embedded();
        }
        if (name.startsWith(IDX) && name.length() > IDX.length()) {
            return idx(Path.of(name.substring(IDX.length())));
        }
        Path path = Path.of(name);
        if (name.isEmpty() || !Files.exists(path)) {
            throw BadInputException.at("data source")
                    .found(name.isEmpty() ? "no name" : "'" + name + "', which is no file or folder")
                    .expected(Mnist.NAME + ", " + IDX
                            + "PATH, or the path of a tar, a zip or a folder with a folder a class")
                    .build();
        }
        FileStorage storage = storage(path);
        ClassFolders classes = ClassFolders.of(storage, options.leaveOut());
        Optional<Path> list = options.classNames();
        List<String> names = list.isEmpty() ? classes.ids() : ClassNames.read(list.get(), classes.ids());
        return new PhotographSource(storage, classes, names, options.decoder());
    }

    /** The files of a tar, a zip or a folder. */
    static FileStorage storage(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return FolderStorage.open(path);
        }
        byte[] start = new byte[PictureStart.LENGTH];
        try (InputStream in = Files.newInputStream(path)) {
            int read = in.readNBytes(start, 0, start.length);
            Optional<String> picture = PictureStart.kind(start);
            if (picture.isPresent()) {
                throw BadInputException.at(path.toString())
                        .found("one picture, a " + picture.get())
                        .expected("a tar, a zip or a folder of many, with a folder a class")
                        .advice("name the folder that holds the folders of the classes")
                        .build();
            }
            if (read >= 2 && (start[0] & 0xFF) == 0x1F && (start[1] & 0xFF) == 0x8B) {
                throw BadInputException.at(path.toString())
                        .found("an archive packed by gzip")
                        .expected(
                                "a tar that is not: pictures do not become smaller, and any of them must be reachable")
                        .advice("gunzip it first")
                        .build();
            }
        }
        boolean zip = start[0] == 'P' && start[1] == 'K';
        return zip ? ZipStorage.open(path) : TarStorage.open(path);
    }

    /** A source of which a person knows better whether it may be mirrored. */
    private record Mirrored(PictureSource whole, boolean mirror) implements PictureSource {
        @Override
        public String name() {
            return whole.name();
        }

        @Override
        public String sha256() {
            return whole.sha256();
        }

        @Override
        public long size() {
            return whole.size();
        }

        @Override
        public List<String> classNames() {
            return whole.classNames();
        }

        @Override
        public boolean padded() {
            return whole.padded();
        }

        @Override
        public List<String> leftOut() {
            return whole.leftOut();
        }

        @Override
        public PictureStream open(long fromRow) throws IOException {
            return whole.open(fromRow);
        }
    }

    private static IdxSource idx(Path path) throws IOException {
        Path images = Files.isDirectory(path) ? onlyImageFile(path) : path;
        if (!Files.isRegularFile(images)) {
            throw BadInputException.at(images.toString())
                    .found("no such file")
                    .expected("an IDX image file, or a folder with one")
                    .build();
        }
        return IdxSource.of(images, labelsOf(images));
    }

    /**
     * Checks an IDX source by the names of its files, of which none is opened.
     *
     * @param name {@code idx:PATH}, whose path is there; all others are left alone
     * @throws BadInputException if it is a file of labels, or there is none beside it
     */
    public static void requireLabels(String name) throws IOException {
        if (name.startsWith(IDX)) {
            Path path = Path.of(name.substring(IDX.length()));
            labelsOf(Files.isDirectory(path) ? onlyImageFile(path) : path);
        }
    }

    private static Path onlyImageFile(Path folder) throws IOException {
        List<Path> found;
        try (Stream<Path> files = Files.list(folder)) {
            found = files.filter(file -> fileName(file).contains(IMAGES))
                    .sorted()
                    .toList();
        }
        if (found.size() != 1) {
            throw BadInputException.at(folder.toString())
                    .found(found.size() + " files named *" + IMAGES + "* "
                            + found.stream().map(PictureSources::fileName).toList())
                    .expected("exactly one")
                    .advice("name the image file itself: " + IDX + folder.resolve("train-" + IMAGES + "-ubyte.gz"))
                    .build();
        }
        return found.get(0);
    }

    private static Path labelsOf(Path images) {
        if (fileName(images).contains(LABELS)) {
            Path pictures = images.resolveSibling(fileName(images).replace(LABELS, IMAGES));
            throw BadInputException.at(images.toString())
                    .found("a file of labels, by its name")
                    .expected("the file of pictures that they belong to")
                    .advice("give " + IDX + pictures
                            + (Files.isRegularFile(pictures) ? "" : ", which must lie beside it"))
                    .build();
        }
        if (!fileName(images).contains(IMAGES)) {
            throw BadInputException.at(images.toString())
                    .found("a name that does not say which labels belong to it")
                    .expected("*" + IMAGES + "*, with *" + LABELS + "* beside it")
                    .advice("rename both, say to train-" + IMAGES + "-ubyte.gz and train-" + LABELS + "-ubyte.gz")
                    .build();
        }
        String name = fileName(images).replace(IMAGES, LABELS);
        String other = name.endsWith(PACKED) ? name.substring(0, name.length() - PACKED.length()) : name + PACKED;
        for (String candidate : List.of(name, other)) {
            Path labels = images.resolveSibling(candidate);
            if (Files.isRegularFile(labels) && !labels.equals(images)) {
                return labels;
            }
        }
        throw BadInputException.at(images.toString())
                .found("no label file beside it")
                .expected(name + " or " + other)
                .build();
    }

    private static String fileName(Path file) {
        return String.valueOf(file.getFileName());
    }
}
