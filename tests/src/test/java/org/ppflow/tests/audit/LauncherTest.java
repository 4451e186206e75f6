package org.ppflow.tests.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bin/ppflow} makes of Maven's lines while it builds, and of the build. */
class LauncherTest {
    private static final Path LAUNCHER = Path.of("..", "bin", "ppflow");

    private static final String NATIVE = "tensorflow-core-native-1.1.0-linux-x86_64.jar";

    @TempDir
    private Path folder;

    /** Maven 3 tells transfers by its logger in batch mode, others without a level. */
    @Test
    void aBuild_saysItsPartsAndItsDownloads() throws IOException, InterruptedException {
        for (String level : List.of("[INFO] ", "")) {
            assertThat(told(List.of(
                            "[INFO] Building PPFlow nn 0.1.0-SNAPSHOT                              [2/7]",
                            level + "Downloading from central: https://repo/x/first.pom",
                            level + "Downloaded from central: https://repo/x/first.pom (3.1 kB at 12 kB/s)",
                            level + "Downloading from central: https://repo/x/" + NATIVE,
                            level + "Downloaded from central: https://repo/x/" + NATIVE + " (120 MB at 9.3 MB/s)",
                            "[INFO] Tests are skipped.")))
                    .containsExactly(
                            "ppflow: 2/7 nn",
                            "ppflow: downloading file 1, first.pom",
                            "ppflow: downloading " + NATIVE,
                            "ppflow: downloaded " + NATIVE + ", 120 MB");
        }
    }

    /** Maven writes into its jars in place: a process that runs from them would find other bytes where its classes were. */
    @Test
    void aRunningProcess_keepsItsJars_whenTheCodeIsBuiltAnew() throws IOException, InterruptedException {
        Checkout checkout = new Checkout(folder.resolve("with space"));
        Path first = checkout.start();
        assertThat(first).hasContent("first").isNotEqualTo(checkout.jar);
        assertThat(checkout.start()).as("of the same build").isEqualTo(first);

        checkout.build("second");
        Path second = checkout.start();

        assertThat(second).hasContent("second");
        assertThat(first).as("in use").hasContent("first");
    }

    @Test
    void oldCopies_goAfterTwentyBuilds_ifNothingRunsFromThem() throws IOException, InterruptedException {
        Checkout checkout = new Checkout(folder);
        Path first = checkout.start();
        for (int i = 1; i < 20; i++) {
            // As builds leave them, without the time of all these.
            Files.createDirectory(first.getParent().resolveSibling("99990101T0000%02d.host.1".formatted(i)));
        }
        assertThat(checkout.start()).isEqualTo(first).exists();

        Path mark = Files.createFile(
                first.resolveSibling("run." + ProcessHandle.current().pid()));

        checkout.build("second");
        Path second = checkout.start();
        assertThat(second).hasContent("second");
        assertThat(first).as("in use by this process").hasContent("first");

        Files.delete(mark);
        checkout.build("third");
        assertThat(checkout.start()).hasContent("third");
        assertThat(first).doesNotExist();
    }

    @Test
    void aCheckoutThatWasMoved_isNotStartedFromItsOldPlace() throws IOException, InterruptedException {
        Checkout checkout = new Checkout(folder.resolve("here"));
        checkout.start();
        Path there = folder.resolve("there");
        Files.move(folder.resolve("here"), there);
        Checkout moved = new Checkout(there);
        try (Stream<Path> files = Files.walk(there)) { // no time tells of the new place
            for (Path file : files.filter(each -> !each.startsWith(there.resolve("target")))
                    .toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
            }
        }

        assertThat(moved.start()).startsWith(there.toRealPath()).hasContent("first");
    }

    @Test
    void whereNothingCanBeCopied_theBuildItselfIsStarted() throws IOException, InterruptedException {
        Checkout checkout = new Checkout(folder.resolve("full"));
        Files.writeString(Files.createDirectories(folder.resolve("full/target")).resolve("builds"), "no folder");

        assertThat(checkout.start()).isEqualTo(checkout.jar);
    }

    /** A checkout of one jar, and a Java that tells its class path. */
    private static final class Checkout {
        private final Path root;
        private final Path jar;

        Checkout(Path folder) throws IOException {
            Files.createDirectories(folder.resolve("bin"));
            root = folder.toRealPath();
            Files.copy(LAUNCHER, root.resolve("bin/ppflow"), StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(root.resolve("pom.xml"), "<ppflow.jvm.flags></ppflow.jvm.flags>");
            Path java = Files.writeString(
                    Files.createDirectories(root.resolve("java/bin")).resolve("java"), """
                            #!/bin/sh
                            if [ "$1" = -version ]; then
                                echo 'openjdk version "17.0.1"' >&2
                            else
                                while [ "$1" != -cp ]; do shift; done
                                echo "$2"
                            fi
                            """);
            assertThat(java.toFile().setExecutable(true)).isTrue();
            jar = Files.createDirectories(root.resolve("ppflow/nn/target")).resolve("ppflow-nn-1.jar");
            Files.createDirectories(root.resolve("notebooks/target"));
            build("first");
        }

        /** As Maven does: into the file that is there. */
        void build(String content) throws IOException {
            Path current = root.resolve("target/builds/current");
            if (Files.exists(current)) { // clocks of file systems are coarse
                Files.setLastModifiedTime(current, FileTime.from(Instant.now().minusSeconds(60)));
            }
            Files.writeString(jar, content);
            Files.writeString(root.resolve("notebooks/target/ppflow-notebooks-1.jar"), content);
            Files.writeString(root.resolve("notebooks/target/classpath"), jar + ":/elsewhere/other.jar");
        }

        /** Starts it, and gives the jar that it runs from. */
        Path start() throws IOException, InterruptedException {
            ProcessBuilder builder =
                    new ProcessBuilder("sh", root.resolve("bin/ppflow").toString(), "--version");
            builder.environment().put("JAVA_HOME", root.resolve("java").toString());
            builder.environment().keySet().removeAll(List.of("PPFLOW_EXTENSIONS", "PPFLOW_JAVA_OPTS"));
            Process process = builder.redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
            List<String> entries = Splitter.on(':').splitToList(said.strip());
            assertThat(entries).as(said).hasSize(3).endsWith("/elsewhere/other.jar");
            return Path.of(entries.get(1));
        }
    }

    private List<String> told(List<String> lines) throws IOException, InterruptedException {
        String launcher = Files.readString(LAUNCHER);
        int start = launcher.indexOf("tell_progress() {");
        String function = launcher.substring(start, launcher.indexOf("\n}\n", start) + 3);
        Path script = Files.writeString(folder.resolve("tell.sh"), "set -eu\n" + function + "tell_progress\n");
        Path input = Files.write(folder.resolve("maven.log"), lines);
        Process process = new ProcessBuilder("sh", script.toString())
                .redirectInput(input.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.lines().toList();
    }
}
