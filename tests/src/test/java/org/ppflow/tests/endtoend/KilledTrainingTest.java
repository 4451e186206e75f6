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
import org.ppflow.nn.files.AtomicFiles;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A training that is killed (SIGKILL) again and again, at moments of a seed, in steps and in the middle of writing checkpoints. */
class KilledTrainingTest {
    private static final int KILLS = 20;
    /** Every third kill waits until a checkpoint is being written. */
    private static final int IN_CHECKPOINT = 3;

    private static final long SEED = 6;

    @TempDir
    private Path folder;

    @Test
    void trainingThatIsKilledTwentyTimes_takesTheSameStepsAndEndsWithTheSameBytes() throws Exception {
        Process undisturbed = start("undisturbed");
        assertThat(undisturbed.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(undisturbed.exitValue()).as(log("undisturbed")).isZero();
        Random random = new Random(SEED);
        int cutCheckpoints = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = start("killed");
            if (kill % IN_CHECKPOINT == 0) {
                waitUntil(process, this::checkpointIsBeingWritten);
            } else {
                long more = lines() + 1 + random.nextInt(12);
                waitUntil(process, () -> lines() >= more);
                Thread.sleep(random.nextInt(20));
            }
            assertThat(process.isAlive())
                    .as("kill " + kill + ": " + log("killed"))
                    .isTrue();
            process.destroyForcibly();
            process.waitFor();
            cutCheckpoints += checkpointIsBeingWritten() ? 1 : 0;
        }
        assertThat(cutCheckpoints)
                .as("kills that left an unfinished checkpoint")
                .isGreaterThanOrEqualTo(3);
        Process last = start("killed");
        assertThat(last.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(last.exitValue()).as(log("killed")).isZero();
        assertThat(log("killed")).containsPattern("ppf-2: goes on after step \\d+ of 400");
        assertThat(losses("killed")).isEqualTo(losses("undisturbed"));
        for (String file : List.of("model", "ema-0.9", "optimizer")) {
            String name = "checkpoints/00000400/" + file + ".safetensors";
            assertThat(model("killed").resolve(name))
                    .hasSameBinaryContentAs(model("undisturbed").resolve(name));
        }
    }

    private Process start(String name) throws IOException {
        Path config = folder.resolve("tiny.yaml");
        Files.writeString(config, """
                name: tiny
                schedules: [ppf-2]
                model: {depth: 1, hidden: 16, heads: 2}
                training:
                  images: 1600
                  batch: 4
                  learning_rate: {peak: 1e-3, warmup_steps: 0, decay_fraction: 0}
                  ema: {decay: 0.9}
                  checkpoint_every: 4
                runtime: {threads: 1}
                """);
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-opens=java.base/java.nio=ALL-UNNAMED",
                        "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                        "-Dorg.bytedeco.javacpp.maxBytes=0",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "train",
                        config.toString(),
                        "--runs",
                        folder.resolve("runs").toString(),
                        "--set",
                        "name=" + name)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
    }

    /** Something that is waited for. */
    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void waitUntil(Process process, Condition condition) throws IOException, InterruptedException {
        while (process.isAlive() && !condition.holds()) {
            Thread.sleep(1);
        }
    }

    private boolean checkpointIsBeingWritten() throws IOException {
        Path checkpoints = model("killed").resolve("checkpoints");
        if (!Files.isDirectory(checkpoints)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(checkpoints)) {
            return entries.anyMatch(entry -> entry.toString().endsWith(AtomicFiles.UNFINISHED));
        }
    }

    private long lines() throws IOException {
        Path metrics = model("killed").resolve("metrics.jsonl");
        return Files.exists(metrics) ? Files.readString(metrics).lines().count() : 0;
    }

    private List<Double> losses(String name) throws IOException {
        List<Double> losses = new ArrayList<>();
        for (String line : Files.readAllLines(model(name).resolve("metrics.jsonl"))) {
            JsonNode entry = JsonMapper.shared().readTree(line);
            losses.add(entry.get("loss").asDouble());
        }
        assertThat(losses).hasSize(400);
        return losses;
    }

    private Path model(String name) {
        return folder.resolve("runs").resolve(name).resolve("models/ppf-2");
    }

    private String log(String name) throws IOException {
        return Files.readString(folder.resolve(name + ".log"));
    }
}
