package org.ppflow.data.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.ppflow.nn.errors.BadInputException;

/**
 * The PNG and JPEG files of a folder, tar or zip, flat or deep, in the order of their paths: part by part, each by code points, as Python sorts its pathlib
 * paths. Unlike the pictures of a {@link PictureSource} they need no classes: samples seldom have any. Files of other kinds are passed over, pictures of
 * formats that cannot be read are refused, since a set would silently be smaller without them. Safe for many threads. In memory: about 150 bytes a file.
 */
public final class PictureFiles implements AutoCloseable {
    private static final Set<String> UNREADABLE = Set.of("avif", "bmp", "gif", "heic", "ppm", "tif", "tiff", "webp");

    /** A slash sorts before everything: a folder's files stay together. */
    private static final Comparator<StoredFile> BY_PARTS =
            Comparator.comparing(file -> file.name().replace('/', '\0'), ClassFolders.CODE_POINTS);

    private final FileStorage storage;
    private final FileStorage.Reader reader;
    private final List<StoredFile> files;
    private final List<String> classes;

    private PictureFiles(FileStorage storage, List<StoredFile> files, List<String> classes) throws IOException {
        this.storage = storage;
        this.files = files;
        this.classes = classes;
        this.reader = storage.open();
    }

    /**
     * Lists the pictures of a folder, tar or zip.
     *
     * @throws BadInputException if there are none, or some of another format, or several splits of a data set
     */
    public static PictureFiles open(Path path) throws IOException {
        FileStorage storage = PictureSources.storage(path);
        List<StoredFile> pictures = new ArrayList<>();
        for (StoredFile file : storage.files()) {
            if (isPicture(file, storage)) {
                pictures.add(file);
            }
        }
        if (pictures.isEmpty()) {
            throw noPictures(path, storage);
        }
        pictures.sort(BY_PARTS);
        for (int i = 0; i < pictures.size(); i++) {
            String name = pictures.get(i).name();
            boolean twice = i > 0 && name.equals(pictures.get(i - 1).name());
            if (twice || name.indexOf('\0') >= 0) {
                throw BadInputException.at(storage.name())
                        .found("'" + name.replace('\0', '?') + "'" + (twice ? " twice" : ""))
                        .expected("each file once, under a name of text")
                        .build();
            }
        }
        return new PictureFiles(storage, List.copyOf(pictures), classes(pictures, storage));
    }

    private static BadInputException noPictures(Path path, FileStorage storage) {
        BadInputException.Builder problem = BadInputException.at(storage.name())
                .found("no images among " + storage.files().size() + " files")
                .expected(".png, .jpg or .jpeg files");
        storage.files().stream()
                .map(StoredFile::name)
                .filter(name -> name.endsWith(".npz"))
                .min(ClassFolders.CODE_POINTS)
                .ifPresent(name -> problem.advice(
                        Files.isDirectory(path)
                                ? "name the file of arrays itself: " + path.resolve(name)
                                : "unpack it, and name the file of arrays itself, " + name));
        return problem.build();
    }

    private static boolean isPicture(StoredFile file, FileStorage storage) {
        String name = file.name().substring(file.name().lastIndexOf('/') + 1);
        if (file.isHidden()) {
            return false;
        }
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (UNREADABLE.contains(extension)) {
            throw BadInputException.at(storage.name() + ": " + file.name())
                    .found("a picture that cannot be read, by its name")
                    .expected("PNG or JPEG only, since a set without some of its pictures is another set")
                    .advice("convert it to PNG, or move it away")
                    .build();
        }
        return ClassFolders.PICTURES.contains(extension);
    }

    /** First folders below what all pictures have in common, if every picture is in one and there are several. */
    private static List<String> classes(List<StoredFile> pictures, FileStorage storage) {
        int prefix = commonFolders(pictures);
        Set<String> folders = new TreeSet<>(ClassFolders.CODE_POINTS);
        for (StoredFile file : pictures) {
            int slash = file.name().indexOf('/', prefix);
            if (slash < 0) {
                return List.of();
            }
            folders.add(file.name().substring(0, slash));
        }
        List<String> names =
                folders.stream().map(folder -> folder.substring(prefix)).toList();
        if (ClassFolders.SPLITS.containsAll(names)) {
            throw BadInputException.at(storage.name())
                    .found("the splits " + names)
                    .expected("one of them")
                    .advice("name the split's own folder")
                    .build();
        }
        return List.copyOf(folders);
    }

    /** Length of the folders that all names begin with. Names are sorted: what first and last share, all share. */
    private static int commonFolders(List<StoredFile> pictures) {
        String first = pictures.get(0).name();
        String last = pictures.get(pictures.size() - 1).name();
        int prefix = 0;
        for (int at = 0; at < Math.min(first.length(), last.length()) && first.charAt(at) == last.charAt(at); at++) {
            if (first.charAt(at) == '/') {
                prefix = at + 1;
            }
        }
        return prefix;
    }

    /** What a person calls it. */
    public String name() {
        return storage.name();
    }

    /** Number of pictures, at least 1. */
    public int count() {
        return files.size();
    }

    /** Path of a picture inside the folder or archive, its parts separated by slashes. */
    public String file(int index) {
        return files.get(index).name();
    }

    /** Name of each class, by label; empty where pictures are not in a folder a class. */
    public List<String> classNames() {
        return classes.stream()
                .map(folder -> folder.substring(folder.lastIndexOf('/') + 1))
                .toList();
    }

    /** Class of each picture, counted in the order of the classes' names; empty where pictures are not in a folder a class. */
    public Optional<int[]> labels() {
        if (classes.isEmpty()) {
            return Optional.empty();
        }
        int[] labels = new int[files.size()];
        int label = 0;
        for (int i = 0; i < labels.length; i++) { // sorted alike: labels only rise
            while (!files.get(i).name().startsWith(classes.get(label) + "/")) {
                label++;
            }
            labels[i] = label;
        }
        return Optional.of(labels);
    }

    /** A hash over the CRC-32 of a zip's entries, which costs no reading; empty for folders and tars, which have none. */
    public String checksums() {
        return storage.checksums();
    }

    /** All bytes of a picture's file, as it is stored. */
    public byte[] read(int index) throws IOException {
        StoredFile file = files.get(index);
        if (file.length() > Integer.MAX_VALUE - 8) {
            throw BadInputException.at(storage.name() + ": " + file.name())
                    .found(file.length() + " bytes")
                    .expected("a picture of less than 2 GiB")
                    .build();
        }
        return reader.read(file);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
