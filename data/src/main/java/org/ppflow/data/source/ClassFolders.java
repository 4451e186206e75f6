package org.ppflow.data.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ppflow.nn.errors.BadInputException;

/**
 * Which class each picture of a storage belongs to: that of its first folder, or of the WordNet id in its name where there are no folders, as in {@code
 * n01440764_10026_n01440764.JPEG}. Classes in the order of their names, files of a class in the order of theirs, both by code points: the same for an
 * archive and the tree that comes out of it.
 *
 * @param ids name of each class's folder, sorted
 * @param files of each class, sorted
 * @param names of the files inside their class, as rows have them
 * @param leftOut names of files in the classes that are no pictures by their names
 */
record ClassFolders(List<String> ids, List<List<StoredFile>> files, List<List<String>> names, List<String> leftOut) {
    private static final int LISTED = 10;
    static final Set<String> PICTURES = Set.of("jpeg", "jpg", "png");
    private static final String TRAIN = "train/";
    static final Set<String> SPLITS = Set.of("train", "val", "validation", "valid", "test");
    private static final Pattern WORDNET = Pattern.compile("(?:.*_)?(n\\d{8})(?:_.*)?\\.[A-Za-z]+");

    /** By code points; Java's own order differs beyond the basic plane. */
    static final Comparator<String> CODE_POINTS = (one, other) -> {
        int at = 0;
        while (at < one.length() && at < other.length()) {
            int first = one.codePointAt(at);
            int second = other.codePointAt(at);
            if (first != second) {
                return Integer.compare(first, second);
            }
            at += Character.charCount(first);
        }
        return Integer.compare(one.length(), other.length());
    };

    /**
     * Sorts a storage's files into classes.
     *
     * @param leaveOut whether files in the classes that are no pictures by their names are left out
     * @throws BadInputException if there are such files and they are not, or there is no picture
     */
    static ClassFolders of(FileStorage storage, boolean leaveOut) {
        List<StoredFile> pictures = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (StoredFile file : storage.files()) {
            if (isPicture(file)) {
                pictures.add(file);
            } else if (!isUsualBesidePictures(file)) {
                others.add(file.name());
            }
        }
        if (!others.isEmpty() && !leaveOut) {
            throw BadInputException.at(storage.name())
                    .found((others.size() == 1
                                    ? "1 file that is no picture"
                                    : others.size() + " files that are no pictures")
                            + " by name: "
                            + String.join(", ", others.subList(0, Math.min(LISTED, others.size())))
                            + (others.size() > LISTED ? ", …" : ""))
                    .expected(".jpeg, .jpg or .png in the folders of the classes")
                    .advice("convert them or move them away; 'data encode' leaves them out by --on-error skip")
                    .build();
        }
        requirePictureInEachFolder(others, pictures, storage);
        if (pictures.isEmpty()) {
            throw BadInputException.at(storage.name())
                    .found("no picture among " + storage.files().size() + " files")
                    .expected("a folder a class, with .jpeg, .jpg or .png files")
                    .build();
        }
        String split = split(pictures, storage);
        TreeMap<String, TreeMap<String, StoredFile>> classes = new TreeMap<>(CODE_POINTS);
        for (StoredFile file : pictures) {
            if (!file.name().startsWith(split)) {
                continue;
            }
            String inside = file.name().substring(split.length());
            int slash = inside.indexOf('/');
            String id = slash > 0 ? inside.substring(0, slash) : wordNetId(inside, file.name(), storage);
            String name = inside.substring(slash + 1);
            StoredFile same = classes.computeIfAbsent(id, folder -> new TreeMap<>(CODE_POINTS))
                    .put(name, file);
            if (same != null) {
                throw BadInputException.at(storage.name())
                        .found("'" + file.name() + "' twice")
                        .expected("each file once")
                        .build();
            }
        }
        return new ClassFolders(
                List.copyOf(classes.keySet()),
                classes.values().stream()
                        .map(folder -> List.copyOf(folder.values()))
                        .toList(),
                classes.values().stream()
                        .map(folder -> List.copyOf(folder.keySet()))
                        .toList(),
                List.copyOf(others));
    }

    /** Without any of its pictures a folder would be no class, and the labels of all after it would be others. */
    private static void requirePictureInEachFolder(
            List<String> others, List<StoredFile> pictures, FileStorage storage) {
        Set<String> folders = pictures.stream().map(file -> folder(file.name())).collect(Collectors.toSet());
        others.stream()
                .map(ClassFolders::folder)
                .filter(folder -> !folders.contains(folder))
                .findFirst()
                .ifPresent(folder -> {
                    throw BadInputException.at(storage.name() + ": " + folder)
                            .found("no picture by name in it, and other files")
                            .expected("a .jpeg, .jpg or .png, or no such folder: it would be a class without pictures")
                            .advice("convert its files, or move the folder away")
                            .build();
                });
    }

    /** Empty for a file in none. */
    private static String folder(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('/')));
    }

    private static boolean isPicture(StoredFile file) {
        String name = inFolder(file);
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return PICTURES.contains(extension) && !file.isHidden();
    }

    /** Lists and licences beside the classes, and what desktops leave. */
    private static boolean isUsualBesidePictures(StoredFile file) {
        String name = inFolder(file);
        boolean top = file.name().indexOf('/') < 0;
        return top || name.equals("Thumbs.db") || file.isHidden();
    }

    private static String inFolder(StoredFile file) {
        return file.name().substring(file.name().lastIndexOf('/') + 1);
    }

    /** What stands before every class: folders that hold all others, and {@code train/} where all folders are splits. */
    private static String split(List<StoredFile> pictures, FileStorage storage) {
        String prefix = "";
        for (String more = one(pictures, prefix, storage); !more.isEmpty(); more = one(pictures, prefix, storage)) {
            prefix += more;
            if (more.equals(TRAIN)) {
                break;
            }
        }
        return prefix;
    }

    private static String one(List<StoredFile> pictures, String prefix, FileStorage storage) {
        Set<String> first = new TreeSet<>();
        boolean deep = true;
        for (StoredFile file : pictures) {
            String name = file.name().substring(prefix.length());
            int slash = name.indexOf('/');
            first.add(slash < 0 ? "" : name.substring(0, slash));
            deep &= slash >= 0 && name.indexOf('/', slash + 1) > 0;
        }
        if (SPLITS.containsAll(first)) {
            if (first.contains("train")) {
                return TRAIN;
            }
            if (first.size() > 1) {
                throw BadInputException.at(storage.name())
                        .found("the splits " + first)
                        .expected("one of them, or train among them")
                        .advice("name the split's own folder")
                        .build();
            }
        }
        boolean only = first.size() == 1 && !first.contains("");
        return only && (deep || SPLITS.containsAll(first)) ? first.iterator().next() + "/" : "";
    }

    private static String wordNetId(String name, String path, FileStorage storage) {
        Matcher id = WORDNET.matcher(name);
        if (id.matches()) {
            return id.group(1);
        }
        throw BadInputException.at(storage.name() + ": " + path)
                .found("a picture in no folder")
                .expected("a folder a class, or a WordNet id in the name, such as n01440764_10026.JPEG")
                .advice("move it, and others like it, into the folder of its class")
                .build();
    }
}
