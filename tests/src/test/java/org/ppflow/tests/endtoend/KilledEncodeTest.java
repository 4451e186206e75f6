package org.ppflow.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.app.Main;
import org.ppflow.nn.files.AtomicFiles;

/** An encode that is killed by the operating system, over and over, ends in the bytes of one that was left alone. */
class KilledEncodeTest {
    private static final long SEED = 5101;
    private static final int KILLS = 12;
    private static final int PICTURES = 600;
    private static final int SHARD_ROWS = 15;

    @TempDir
    private Path folder;

    @Test
    void encodeThatIsKilledTwelveTimes_endsInTheSameBytes() throws Exception {
        writePictures();
        Process undisturbed = start("undisturbed");
        assertThat(undisturbed.waitFor(3, TimeUnit.MINUTES)).isTrue();
        assertThat(undisturbed.exitValue()).as(log("undisturbed")).isZero();
        Random random = new Random(SEED);
        int cutShards = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = start("killed");
            long more = files("killed", ".arrow") + 1 + random.nextInt(3);
            boolean inWrite = kill % 3 == 0;
            while (process.isAlive()
                    && !(files("killed", ".arrow") >= more
                            && (!inWrite || files("killed", AtomicFiles.UNFINISHED) > 0))) {
                Thread.sleep(1);
            }
            if (!inWrite) {
                Thread.sleep(random.nextInt(30));
            }
            assertThat(process.isAlive())
                    .as("kill " + kill + ": " + log("killed"))
                    .isTrue();
            process.destroyForcibly();
            process.waitFor();
            cutShards += files("killed", AtomicFiles.UNFINISHED) > 0 ? 1 : 0;
        }
        assertThat(cutShards).as("kills that left an unfinished shard").isGreaterThanOrEqualTo(4);
        Process last = start("killed");
        assertThat(last.waitFor(3, TimeUnit.MINUTES)).isTrue();
        assertThat(last.exitValue()).as(log("killed")).isZero();

        List<Path> expected;
        try (Stream<Path> files = Files.list(folder.resolve("undisturbed"))) {
            expected = files.toList();
        }
        // The shards, the manifest, and which code wrote them.
        assertThat(expected).hasSize(PICTURES / SHARD_ROWS + 2);
        for (Path file : expected) {
            assertThat(folder.resolve("killed").resolve(file.getFileName())).hasSameBinaryContentAs(file);
        }
    }

    private void writePictures() throws IOException {
        Random random = new Random(SEED);
        for (int i = 0; i < PICTURES; i++) {
            BufferedImage image = new BufferedImage(20, 17, BufferedImage.TYPE_INT_RGB);
            for (int pixel = 0; pixel < 20 * 17; pixel++) {
                image.setRGB(pixel % 20, pixel / 20, random.nextInt());
            }
            Path file = folder.resolve("pictures/class" + i % 3 + "/" + i + ".png");
            Files.createDirectories(file.getParent());
            ImageIO.write(image, "png", file.toFile());
        }
    }

    private Process start(String name) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-opens=java.base/java.nio=ALL-UNNAMED",
                        "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                        "-Dorg.bytedeco.javacpp.maxBytes=0",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "data",
                        "encode",
                        folder.resolve("pictures").toString(),
                        "--codec",
                        "vae:"
                                + CommandLineRun.resource("/golden/vae/config.json")
                                        .getParent(),
                        "--size",
                        "16",
                        "--shard-rows",
                        Integer.toString(SHARD_ROWS),
                        "--batch",
                        "4",
                        "--output",
                        folder.resolve(name).toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
    }

    private long files(String name, String suffix) throws IOException {
        Path output = folder.resolve(name);
        if (!Files.isDirectory(output)) {
            return 0;
        }
        try (Stream<Path> entries = Files.list(output)) {
            return entries.filter(entry -> entry.toString().endsWith(suffix)).count();
        }
    }

    private String log(String name) throws IOException {
        return Files.readString(folder.resolve(name + ".log"));
    }
}
