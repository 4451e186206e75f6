package org.ppflow.tests.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bin/ppflow} makes of Maven's lines while it builds. */
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
