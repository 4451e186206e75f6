package org.ppflow.tests.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ppflow.app.command.ExitCode;
import org.ppflow.tests.audit.CommandTree.Outcome;

/** Commands whose output is larger than a file system of 64 KiB, which is mounted for them: only root on Linux can. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FullDiskTest {
    private AuditFolder folder;
    private Path small;

    @BeforeAll
    void makeInputs(@TempDir Path temporary) throws IOException {
        folder = AuditFolder.make(temporary.toRealPath());
        small = Files.createDirectories(temporary.toRealPath().resolve("small"));
    }

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small.toString()))
                .as("a small file system can be mounted, by root on Linux")
                .isTrue();
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        run("umount", small.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "weights convert @weights.safetensors @small/out.safetensors",
                "weights convert @weights.safetensors @small/out.pt",
                "weights convert @weights.safetensors @small/out.npz",
                "weights warm-start @sit.safetensors @small/out.safetensors",
                "weights ema @profiles @small/out.safetensors --width 0.1",
                "export --weights @weights.safetensors --saved-model @small/out",
                "data encode idx:@digits-images-idx3-ubyte --size 32 --output @small/out --threads 1",
                "data import @features --output @small/out",
                "data export @dataset --output @small/out",
                "forward --weights @weights.safetensors --input @states.npz --output @small/out.npz --intermediates --threads 1",
                "sample --weights @weights.safetensors --output @small/out.npz --count 40 --points 3 --threads 1",
                "evaluate --network @network.pb --network-name tiny --input x --feature features --spatial spatial"
                        + " --picture-size 12x12 --scaling 0..1 --threads 1 --cache @elsewhere --samples @large.npz"
                        + " --make-reference @small/out.npz",
                "run @config.yaml --runs @small/out"
            })
    void aFullDisk_isToldWithItsPlace_andNothingLooksFinished(String line) throws IOException {
        Outcome outcome = CommandTree.run(
                CommandTree.words(line).stream().map(folder::resolve).toList());

        assertThat(outcome.code()).as(outcome.err()).isEqualTo(ExitCode.FAILED);
        assertThat(outcome.err())
                .contains("no space left for " + small)
                .contains("start the same command again")
                .doesNotContain("Exception");
        try (Stream<Path> files = Files.walk(small)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> small.relativize(file).toString()))
                    .doesNotContain("out.safetensors", "out.pt", "out.npz", "out/manifest.json", "out/saved_model.pb")
                    .noneMatch(name -> name.endsWith("report.html"));
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // there is no such program here
        }
    }
}
