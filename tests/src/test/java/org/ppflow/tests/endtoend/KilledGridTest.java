package org.ppflow.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ppflow.tests.endtoend.CommandLineRun.run;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.app.Main;
import org.ppflow.nn.files.Sha256;
import org.ppflow.tests.endtoend.CommandLineRun.Outcome;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A grid that is killed (SIGKILL) again and again, at moments of a seed and while records are written, ends with the records of one that was left alone. */
class KilledGridTest {
    private static final long SEED = 9101;
    private static final int EXPERIMENTS = 4;
    private static final int KILLS = 5;

    private static final String GRID = """
            name: tiny
            cells:
              SiT: {schedules: [sit]}
              PPF: {schedules: [ppf-2], init: {sit: "cell:SiT"}}
            grid:
              seed: [0, 1]
            classifier: {steps: 4}
            model: {depth: 1, hidden: 16, heads: 2}
            training:
              images: 160
              batch: 4
              learning_rate: {peak: 1e-3, warmup_steps: 0, decay_fraction: 0}
              ema: {decay: 0.9}
              checkpoint_every: 10
            sampling: {count: 20, solver: euler, steps: 4, batch: 10}
            runtime: {threads: 1}
            """;

    @TempDir
    private Path folder;

    @Test
    void gridThatIsKilledAgainAndAgain_endsWithTheSameRecords() throws Exception {
        finish("undisturbed");
        Random random = new Random(SEED);
        int inTraining = 0;
        int inRecord = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            if (kill % 2 == 0) {
                long lines = lines() + random.nextInt(20);
                inTraining += kill(() -> lines() > lines, random.nextInt(60)) ? 1 : 0;
            } else {
                // Between the two lies the writing of the record and its picture.
                long reports = Math.min(EXPERIMENTS, records() + 1 + random.nextInt(2));
                inRecord += kill(() -> reports() >= reports, random.nextInt(10)) && records() < reports ? 1 : 0;
            }
        }
        assertThat(inTraining).as("kills in a training").isGreaterThanOrEqualTo(2);
        assertThat(inRecord).as("kills between a report and its record").isPositive();
        finish("killed");

        Map<String, JsonNode> expected = records("undisturbed");
        assertThat(expected).hasSize(EXPERIMENTS);
        assertThat(records("killed")).isEqualTo(expected);
        assertThat(hashes("killed/tiny/records").keySet())
                .isEqualTo(hashes("undisturbed/tiny/records").keySet());

        Map<String, String> bytes = hashes("killed");
        Outcome again = grid("killed");
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.err()).contains("nothing was done again");
        assertThat(hashes("killed")).isEqualTo(bytes);
    }

    @Test
    void aCellAlone_isRun_andItsDeletedRecordIsWrittenAgainWithoutTraining() throws IOException {
        Outcome plan = grid("alone", "--dry-run");
        assertThat(plan.code()).as(plan.err()).isZero();
        assertThat(plan.out()).contains("SiT, seed 0", "SiT, seed 1", "PPF, seed 0", "PPF, seed 1");
        assertThat(folder.resolve("alone")).doesNotExist();
        Outcome unknown = grid("alone", "--cells", "PFF");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("did you mean 'PPF'?");

        // What it starts from is run before it.
        assertThat(grid("alone", "--cells", "PPF", "--set", "seed=1").code()).isZero();
        Map<String, JsonNode> records = records("alone");
        assertThat(records).containsOnlyKeys("tiny.ppf.seed-1.ppf-2.record.json", "tiny.sit.seed-1.sit.record.json");

        Map<String, String> before = hashes("alone");
        Path record = folder.resolve("alone/tiny/records/tiny.ppf.seed-1.ppf-2.record.json");
        Path checkpoint = files("alone", "ema-0.9.safetensors").get(0);
        FileTime trained = Files.getLastModifiedTime(checkpoint);
        Files.delete(record);
        Files.delete(record.resolveSibling("tiny.ppf.seed-1.ppf-2.png"));
        Outcome again = grid("alone", "--cells", "PPF", "--set", "seed=1");
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(records("alone")).isEqualTo(records);
        assertThat(Files.getLastModifiedTime(checkpoint)).isEqualTo(trained);
        Map<String, String> after = hashes("alone");
        String name = folder.resolve("alone").relativize(record).toString();
        assertThat(after.keySet()).isEqualTo(before.keySet());
        after.remove(name);
        before.remove(name);
        assertThat(after).isEqualTo(before);
    }

    private void finish(String name) throws Exception {
        Process process = start(name);
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(log(name)).isZero();
    }

    /** Starts the grid and kills it after something has happened. */
    private boolean kill(Condition condition, int millis) throws Exception {
        Process process = start("killed");
        while (process.isAlive() && !condition.holds()) {
            Thread.sleep(1);
        }
        Thread.sleep(millis);
        boolean alive = process.isAlive();
        process.destroyForcibly();
        process.waitFor();
        assertThat(alive || process.exitValue() == 0).as(log("killed")).isTrue();
        return alive;
    }

    private Outcome grid(String name, Object... options) {
        Object[] all = Stream.concat(Stream.of("run", config(), "--runs", folder.resolve(name)), Stream.of(options))
                .toArray();
        return run(all);
    }

    private Path config() {
        try {
            return Files.writeString(folder.resolve("tiny.yaml"), GRID);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
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
                        "run",
                        config().toString(),
                        "--runs",
                        folder.resolve(name).toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
    }

    /** Something that is waited for. */
    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException;
    }

    private long reports() {
        return Stream.of("sit-seed-0", "ppf-seed-0", "sit-seed-1", "ppf-seed-1")
                .filter(cell ->
                        Files.exists(folder.resolve("killed/tiny").resolve(cell).resolve("report.html")))
                .count();
    }

    private long records() throws IOException {
        return files("killed", ".record.json").size();
    }

    /** Steps that were logged, over all models. */
    private long lines() throws IOException {
        long lines = 0;
        for (Path metrics : files("killed", "metrics.jsonl")) {
            lines += Files.readString(metrics).lines().count();
        }
        return lines;
    }

    private List<Path> files(String name, String suffix) throws IOException {
        Path grid = folder.resolve(name).resolve("tiny");
        if (!Files.isDirectory(grid)) {
            return List.of();
        }
        List<Path> found = new ArrayList<>();
        // Files come and go meanwhile.
        Files.walkFileTree(grid, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(suffix)) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    /** Records by file, without what the clock says and the hash over it. */
    private Map<String, JsonNode> records(String name) throws IOException {
        Map<String, JsonNode> records = new TreeMap<>();
        for (Path file : files(name, ".record.json")) {
            ObjectNode record = (ObjectNode) JsonMapper.shared().readTree(Files.readString(file));
            assertThat(record.remove(List.of("measured", "sha256")).size()).isPositive();
            records.put(file.getFileName().toString(), record);
        }
        return records;
    }

    /** Hash of every file below a folder but logs and locks. */
    private Map<String, String> hashes(String name) throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder.resolve(name))) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                if (!file.endsWith("log.txt") && !file.endsWith(".lock")) {
                    hashes.put(folder.resolve(name).relativize(file).toString(), Sha256.of(file));
                }
            }
        }
        return hashes;
    }

    private String log(String name) throws IOException {
        return Files.readString(folder.resolve(name + ".log"));
    }
}
