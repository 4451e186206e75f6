package org.ppflow.nn.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomClassesTest {
    @TempDir
    private Path folder;

    @Test
    void jarAndFolderOfTheSameClasses_haveTheSameHashes() throws IOException {
        Map<String, String> files = files();

        assertThat(hashes(folder("a/classes", files)))
                .containsOnlyKeys("flow", "nn")
                .isEqualTo(hashes(jar("a.jar", files)));
    }

    @Test
    void oneChangedClass_changesItsRoomAlone() throws IOException {
        Map<String, String> before = hashes(jar("a.jar", files()));
        Map<String, String> files = files();
        files.put("org/ppflow/flow/Loss.class", "absolute");

        Map<String, String> after = hashes(jar("b.jar", files));

        assertThat(after.get("flow")).isNotEqualTo(before.get("flow"));
        assertThat(after.get("nn")).isEqualTo(before.get("nn"));
    }

    @Test
    void hashOfPackages_changesWithTheirClassesAlone() {
        Map<String, String> classes = new TreeMap<>(Map.of(
                "org/ppflow/eval/network/Scaling.class", "1",
                "org/ppflow/eval/networks/Other.class", "2",
                "org/ppflow/eval/statistics/Root.class", "3",
                "org/ppflow/nn/Layer.class", "4"));
        List<String> packages = List.of("eval.network", "nn");
        String before = RoomClasses.hash(classes, packages);

        classes.put("org/ppflow/eval/statistics/Root.class", "changed");
        classes.put("org/ppflow/eval/networks/Other.class", "changed");
        assertThat(RoomClasses.hash(classes, packages)).isEqualTo(before);

        classes.put("org/ppflow/eval/network/Scaling.class", "changed");
        assertThat(RoomClasses.hash(classes, packages)).isNotEqualTo(before);
    }

    @Test
    void whatIsNoClass_andClassesOfTests_doNotCount() throws IOException {
        Map<String, String> before = hashes(jar("a.jar", files()));
        Map<String, String> files = files();
        files.put("org/ppflow/flow/message.txt", "another");
        files.put("META-INF/MANIFEST.MF", "another");
        files.put("org/ppflow/notebook/Cell.class", "another");

        assertThat(hashes(jar("b.jar", files), folder("a/test-classes", Map.of("org/ppflow/flow/LossTest.class", "x"))))
                .isEqualTo(before);
    }

    @Test
    void jarThatCannotBeRead_isUnknown_andStopsNothing() throws IOException {
        Path jar = jar("a.jar", files());
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            assertThat(loader.getResource("org/ppflow/")).isNotNull();
            Files.delete(jar);

            assertThat(RoomClasses.of(loader)).isEmpty();
        }
    }

    @Test
    void thisToolkit_hasItsRoom() {
        assertThat(Code.current().classes().get("nn")).matches("[0-9a-f]{64}");
    }

    private static Map<String, String> files() {
        return new TreeMap<>(Map.of(
                "org/ppflow/nn/Layer.class", "layer",
                "org/ppflow/flow/Loss.class", "squared",
                "org/other/Thing.class", "other"));
    }

    private static Map<String, String> hashes(Path... places) throws IOException {
        URL[] urls = new URL[places.length];
        for (int i = 0; i < places.length; i++) {
            urls[i] = places[i].toUri().toURL();
        }
        try (URLClassLoader loader = new URLClassLoader(urls, null)) {
            return RoomClasses.hashes(RoomClasses.of(loader));
        }
    }

    private Path folder(String name, Map<String, String> files) throws IOException {
        Path root = folder.resolve(name);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.createDirectories(root.resolve(file.getKey()).getParent());
            Files.writeString(root.resolve(file.getKey()), file.getValue());
        }
        return root;
    }

    /** With entries of folders, as Maven writes them. */
    private Path jar(String name, Map<String, String> files) throws IOException {
        Path jar = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("org/"));
            zip.putNextEntry(new ZipEntry("org/ppflow/"));
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        return jar;
    }
}
