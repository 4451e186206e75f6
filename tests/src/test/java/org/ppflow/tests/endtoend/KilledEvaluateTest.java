package org.ppflow.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.app.Main;

/** An evaluation that is killed by the operating system while it takes features ends in the result of one that was left alone. */
class KilledEvaluateTest {
    private static final long SEED = 8101;
    private static final int KILLS = 4;

    @TempDir
    private Path folder;

    private TinyNetwork network;

    @Test
    void evaluationThatIsKilledFourTimes_endsInTheSameResult() throws Exception {
        network = TinyNetwork.write(folder.resolve("slow.pb"), 6);
        // Twelve parts of at most 512 pictures.
        MadeUpPictures.of(1, 5000, 8).npz(folder.resolve("samples.npz"));
        MadeUpPictures.of(2, 700, 8).npz(folder.resolve("reference.npz"));
        Process undisturbed = start("undisturbed");
        assertThat(undisturbed.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(undisturbed.exitValue()).as(log("undisturbed")).isZero();
        int all = parts("undisturbed");
        assertThat(all).isEqualTo(12);

        Random random = new Random(SEED);
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = start("killed");
            int more = parts("killed") + 1 + random.nextInt(2);
            while (process.isAlive() && parts("killed") < more) {
                Thread.sleep(1);
            }
            Thread.sleep(random.nextInt(40));
            assertThat(process.isAlive())
                    .as("kill " + kill + ": " + log("killed"))
                    .isTrue();
            process.destroyForcibly();
            process.waitFor();
            assertThat(parts("killed")).isBetween(more, all - 1);
        }
        int before = parts("killed");
        Process last = start("killed");
        assertThat(last.waitFor(2, TimeUnit.MINUTES)).isTrue();

        assertThat(last.exitValue()).as(log("killed")).isZero();
        assertThat(before).isGreaterThanOrEqualTo(KILLS);
        assertThat(folder.resolve("killed.json")).hasSameBinaryContentAs(folder.resolve("undisturbed.json"));
    }

    private Process start(String name) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-Dorg.bytedeco.javacpp.maxBytes=0",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "evaluate",
                "--reference",
                folder.resolve("reference.npz").toString(),
                "--samples",
                folder.resolve("samples.npz").toString(),
                "--cache",
                folder.resolve(name).toString(),
                "--json",
                folder.resolve(name + ".json").toString()));
        network.options().forEach(option -> command.add(option.toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
    }

    /** Parts of features that are finished. */
    private int parts(String name) throws IOException {
        Path features = folder.resolve(name).resolve("features");
        if (!Files.isDirectory(features)) {
            return 0;
        }
        int parts = 0;
        try (Stream<Path> sets = Files.list(features)) {
            for (Path set : sets.toList()) {
                try (Stream<Path> files = Files.list(set)) {
                    parts += (int) files.filter(file -> file.toString().endsWith(".arrow"))
                            .count();
                }
            }
        }
        return parts;
    }

    private String log(String name) throws IOException {
        return Files.readString(folder.resolve(name + ".log"));
    }
}
