package org.ppflow.nn.provenance;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.ppflow.nn.files.Sha256;

/** What the toolkit's classes are, as they are loaded from: jars, or folders of class files. */
final class RoomClasses {
    private static final String ROOT = "org/ppflow/";
    private static final String CLASS = ".class";
    private static final String NOTEBOOKS = ROOT + "notebook/";
    private static final Path TESTS = Path.of("test-classes");

    private RoomClasses() {}

    /**
     * SHA-256 over names and contents of each room's classes, by the package below {@code org.ppflow}.
     *
     * @param classes as of {@link #of}
     */
    static Map<String, String> hashes(Map<String, String> classes) {
        Map<String, Map<String, String>> rooms = new TreeMap<>();
        classes.forEach((name, hash) ->
                rooms.computeIfAbsent(room(name), unused -> new TreeMap<>()).put(name, hash));
        Map<String, String> hashes = new TreeMap<>();
        rooms.forEach((room, own) -> hashes.put(room, hash(own)));
        return hashes;
    }

    /** The same over those of some packages, and of packages in them: {@code eval.network}, or a room. */
    static String hash(Map<String, String> classes, List<String> packages) {
        Map<String, String> some = new TreeMap<>(classes);
        some.keySet()
                .removeIf(name ->
                        packages.stream().noneMatch(in -> name.startsWith(ROOT + in.replace('.', '/') + "/")));
        return hash(some);
    }

    private static String hash(Map<String, String> classes) {
        StringBuilder lines = new StringBuilder();
        classes.forEach(
                (name, hash) -> lines.append(name).append('\0').append(hash).append('\n'));
        return Sha256.of(lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * SHA-256 of each class, by its name, but of notebooks, from which no number follows; empty where they cannot be read, which must not stop a run. In memory: one class
     * and a line for each.
     */
    static Map<String, String> of(ClassLoader loader) {
        Map<String, String> classes = new TreeMap<>();
        try {
            for (URL place : Collections.list(loader.getResources(ROOT))) {
                if (place.openConnection() instanceof JarURLConnection jar) {
                    ofJar(Path.of(jar.getJarFileURL().toURI()), classes);
                } else {
                    ofFolder(Path.of(place.toURI()), classes);
                }
            }
        } catch (IOException | URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            return Map.of();
        }
        return classes;
    }

    private static void ofJar(Path jar, Map<String, String> classes) throws IOException {
        try (ZipFile file = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(file.entries())) {
                if (isClass(entry.getName())) {
                    try (InputStream content = file.getInputStream(entry)) {
                        classes.putIfAbsent(entry.getName(), Sha256.of(content.readAllBytes()));
                    }
                }
            }
        }
    }

    private static void ofFolder(Path packages, Map<String, String> classes) throws IOException {
        if (packages.resolve("../..").normalize().endsWith(TESTS)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> walk = Files.walk(packages)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            String name = ROOT + packages.relativize(file).toString().replace('\\', '/');
            if (isClass(name)) {
                classes.putIfAbsent(name, Sha256.of(Files.readAllBytes(file)));
            }
        }
    }

    private static boolean isClass(String name) {
        return name.startsWith(ROOT)
                && name.endsWith(CLASS)
                && name.indexOf('/', ROOT.length()) > 0
                && !name.startsWith(NOTEBOOKS);
    }

    private static String room(String name) {
        return name.substring(ROOT.length(), name.indexOf('/', ROOT.length()));
    }
}
