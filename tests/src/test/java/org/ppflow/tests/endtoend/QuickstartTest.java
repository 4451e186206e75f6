package org.ppflow.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.app.command.Ppflow;
import org.ppflow.nn.files.AtomicFiles;
import org.ppflow.nn.session.MatrixProductPeak;
import org.ppflow.nn.session.SessionOptions;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.TensorFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The quickstart, cut down to seconds and on one thread: the pool of threads belongs to the process, so this class has a JVM of its
 * own. What a few steps cannot show (digits that can be read, speed) the command itself prints.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class QuickstartTest {
    private static final List<String> CUT_DOWN = List.of(
            "--set", "training.images=256",
            "--set", "training.batch=16",
            "--set", "training.checkpoint_every=6",
            "--set", "model.depth=2",
            "--set", "model.hidden=32",
            "--set", "model.heads=2",
            "--set", "classifier.steps=40",
            "--set", "sampling.count=40",
            "--set", "sampling.batch=16",
            "--set", "sampling.steps=2",
            "--threads", "1");

    /** Rows that follow from the clock. */
    private static final String TIMINGS =
            "(training_seconds|training_images_per_s|training_speed_ratio|sampling_seconds"
                    + "|samples_per_s|sampling_speed_ratio)(_disturbed)?";

    @TempDir
    private static Path folder;

    private record Outcome(int code, String out, String err) {}

    @Test
    @Order(0)
    void oneThread_isWhatTheseRunsHave() throws IOException {
        // The pool belongs to the process and the first session sizes it; a second thread in it would make the
        // comparisons
        // below hold by luck only. Looked at before XLA, which compiles the kernels of a training, starts threads of
        // its
        // own.
        MatrixProductPeak.gigaflops(SessionOptions.DEFAULT.withThreads(1));
        Path tasks = Path.of("/proc/self/task");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.isDirectory(tasks), "threads are listed by Linux only");
        List<String> names = new ArrayList<>();
        try (Stream<Path> threads = Files.list(tasks)) {
            for (Path thread : threads.toList()) {
                names.add(Files.readString(thread.resolve("comm")).strip());
            }
        }
        // Native threads carry the process's name: two start Java; TensorFlow has n inside ops, n between ops, and one
        // more.
        // With three threads there are nine.
        assertThat(names).filteredOn("java"::equals).hasSize(2 + 2 * 1 + 1);
    }

    @Test
    @Order(1)
    void quickstart_endsWithTableAndReport() throws IOException {
        Outcome outcome = quickstart("first");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("ppf-2", "classifier-FD", "label agreement", "by FLOPs", "report.html");
        assertThat(outcome.err())
                .contains("train sit", "train ppf-2", "sample ppf-2")
                .doesNotContain("Exception");
        assertThat(files("first"))
                .contains(
                        "config.yaml",
                        "provenance.json",
                        "log.txt",
                        "table.md",
                        "table.json",
                        "report.html",
                        "models/ppf-2/metrics.jsonl",
                        "models/ppf-2/evaluation.json",
                        "models/ppf-2/checkpoints/00000016/model.safetensors",
                        "models/ppf-2/checkpoints/00000016/ema-0.99.safetensors",
                        "models/ppf-2/checkpoints/00000016/optimizer.safetensors",
                        "models/ppf-2/checkpoints/00000016/state.json",
                        "models/ppf-2/samples/samples.npz",
                        "models/ppf-2/panel/panel.json",
                        "models/ppf-2/panel/guidance.png",
                        "models/ppf-2/panel/path.png",
                        "real.png");
        assertThat(files("first")).noneMatch(name -> name.endsWith(".unfinished"));
        assertThat(Files.readString(folder.resolve("first/quickstart/report.html")))
                .contains("data:image/png;base64,")
                .doesNotContain("http://", "https://");
    }

    @Test
    @Order(2)
    void sameSeedOnOneThread_givesTheSameBytes() throws IOException {
        assertThat(quickstart("second").code()).isZero();
        for (String model : List.of("sit", "ppf-2")) {
            String samples = "quickstart/models/" + model + "/samples/samples.npz";
            assertThat(folder.resolve("second").resolve(samples))
                    .as(model)
                    .hasSameBinaryContentAs(folder.resolve("first").resolve(samples));
            String weights = "quickstart/models/" + model + "/checkpoints/00000016/ema-0.99.safetensors";
            assertThat(folder.resolve("second").resolve(weights))
                    .hasSameBinaryContentAs(folder.resolve("first").resolve(weights));
        }
        assertThat(tableWithoutTimings("second")).isEqualTo(tableWithoutTimings("first"));
    }

    @Test
    @Order(3)
    void samplesOfBothModels_haveTheSameClassesAndTheFormOfAdm() throws IOException {
        try (TensorFile sit = Npz.open(folder.resolve("first/quickstart/models/sit/samples/samples.npz"));
                TensorFile ppf = Npz.open(folder.resolve("first/quickstart/models/ppf-2/samples/samples.npz"))) {
            assertThat(sit.info("arr_0").shape()).containsExactly(40, 32, 32, 1);
            assertThat(sit.longs("arr_1")).isEqualTo(ppf.longs("arr_1"));
            assertThat(sit.bytes("arr_0")).isNotEqualTo(ppf.bytes("arr_0"));
        }
    }

    @Test
    @Order(4)
    void finishedRun_saysSoAndShowsTheTableAgain() throws IOException {
        String before = Files.readString(folder.resolve("first/quickstart/table.md"));
        Outcome again = quickstart("first");
        assertThat(again.code()).isZero();
        assertThat(again.err())
                .contains("is finished; nothing was done again")
                .doesNotContain("train sit", "sample sit", "train classifier");
        assertThat(again.out()).contains("label agreement");
        assertThat(Files.readString(folder.resolve("first/quickstart/table.md")))
                .isEqualTo(before);
    }

    @Test
    @Order(5)
    void runThatLostItsEnd_goesOnFromTheNewestCheckpointToTheSameSamples() throws IOException {
        Path run = folder.resolve("second/quickstart");
        // As if killed after step 12 of ppf-2: the last checkpoint and all that came after are not there.
        for (String lost : List.of(
                "steps/train-ppf-2.json",
                "models/ppf-2/checkpoints/00000016",
                "models/ppf-2/samples",
                "models/ppf-2/training.json")) {
            org.ppflow.nn.files.AtomicFiles.deleteRecursively(run.resolve(lost));
        }
        Outcome outcome = quickstart("second");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.err()).contains("train ppf-2").doesNotContain("train sit", "sample sit");
        String samples = "quickstart/models/ppf-2/samples/samples.npz";
        assertThat(folder.resolve("second").resolve(samples))
                .hasSameBinaryContentAs(folder.resolve("first").resolve(samples));
        assertThat(Files.readAllLines(run.resolve("models/ppf-2/metrics.jsonl")))
                .hasSize(16);
    }

    @Test
    @Order(6)
    void otherConfigInTheSameFolder_isRefusedWithTheKeysThatDiffer() {
        Outcome outcome = execute("first", List.of("--set", "seed=7"));
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("another config", "seed: 0 before, 7 now", "--set name=NAME");
    }

    @Test
    @Order(7)
    void dryRun_writesNothingAndPrintsTheCost() throws IOException {
        Outcome outcome = execute("dry", List.of("--dry-run"));
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).contains("hidden: 32", "training TFLOPs", "NFE");
        assertThat(folder.resolve("dry")).doesNotExist();
    }

    @Test
    @Order(8)
    void badValue_isRefusedWithItsPlace() {
        Outcome outcome = execute("bad", List.of("--set", "training.batch=15"));
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("15 images", "14 and 16").doesNotContain("\tat ");
        assertThat(folder.resolve("bad")).doesNotExist();
    }

    @Test
    @Order(9)
    void damagedShard_isEncodedAgainToTheSameBytes() throws IOException {
        Path data = folder.resolve("second/quickstart/data");
        Path shard;
        try (Stream<Path> entries = Files.list(data)) {
            shard = entries.filter(path -> path.toString().endsWith(".arrow"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] sound = Files.readAllBytes(shard);
        byte[] damaged = sound.clone();
        damaged[damaged.length / 2] ^= 1;
        Files.write(shard, damaged);
        Outcome outcome = quickstart("second");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.err()).contains("encode train").doesNotContain("train sit");
        assertThat(Files.readAllBytes(shard)).isEqualTo(sound);
    }

    @Test
    @Order(9)
    void damagedNotesOfARun_costTheReportNotTheRun() throws IOException {
        Path run = folder.resolve("second/quickstart");
        Files.delete(run.resolve("models/sit/metrics.jsonl"));
        Files.write(run.resolve("models/ppf-2/metrics.jsonl"), new byte[] {(byte) 0xC3, 0x28, '\n'});
        Files.writeString(run.resolve("provenance.json"), "null");
        Files.writeString(run.resolve("steps/evaluate-sit.json"), "null");
        Outcome outcome = quickstart("second");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.err()).doesNotContain("train sit", "Exception");
        assertThat(Files.readString(run.resolve("report.html"))).contains("provenance.json cannot be read");
        assertThat(tableWithoutTimings("second")).isEqualTo(tableWithoutTimings("first"));
    }

    @Test
    @Order(10)
    void mistypedSource_canBeCorrectedUnderTheSameName() {
        Outcome wrong = execute("typo", List.of("--set", "data.source=idx:no/such/folder"));
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("no/such/folder").doesNotContain("\tat ");
        Outcome corrected = execute("typo", List.of("--set", "data.source=idx:another/folder"));
        assertThat(corrected.code()).isEqualTo(2);
        assertThat(corrected.err()).contains("another/folder").doesNotContain("another config");
    }

    @Test
    @Order(11)
    void anotherReport_isDrawnWithoutTouchingAnythingElse() throws IOException {
        Path run = folder.resolve("first/quickstart");
        byte[] samples = Files.readAllBytes(run.resolve("models/ppf-2/samples/samples.npz"));
        byte[] panel = Files.readAllBytes(run.resolve("models/ppf-2/panel/guidance.png"));
        String sampled = Files.readString(run.resolve("steps/sample-ppf-2.json"));
        List<String> records = files("first/quickstart/records");

        Outcome outcome = execute("first", List.of("--set", "report.classes=3", "--set", "report.paths=1"));

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.err())
                .contains("report samples of sit", "report samples of ppf-2")
                .doesNotContain("train sit", "sample sit");
        assertThat(run.resolve("models/ppf-2/samples/samples.npz")).hasBinaryContent(samples);
        assertThat(Files.readAllBytes(run.resolve("models/ppf-2/panel/guidance.png")))
                .isNotEqualTo(panel);
        assertThat(run.resolve("steps/sample-ppf-2.json")).hasContent(sampled);
        assertThat(files("first/quickstart/records")).isEqualTo(records);
        assertThat(run.resolve("config.yaml")).content().contains("paths: 1");
    }

    @Test
    @Order(12)
    void report_ofARunThatAnOlderVersionMade_saysWhatIsMissingAndHowToGetIt() throws IOException {
        Path run = folder.resolve("first/quickstart");
        AtomicFiles.deleteRecursively(run.resolve("models/ppf-2/panel"));
        AtomicFiles.deleteRecursively(run.resolve("real.png"));
        Path page = folder.resolve("page.html");

        Outcome outcome = command("report", run.toString(), "--output", page.toString());

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).isEqualTo(page + System.lineSeparator());
        assertThat(page)
                .content()
                .contains("Samples by guidance of ppf-2:", "Path of ppf-2:", "Real pictures:", "classifier-FD")
                .contains("bin/ppflow run " + run + "/config.yaml --runs " + run.getParent())
                .doesNotContain("Samples by guidance of sit:");
    }

    @Test
    @Order(13)
    void report_ofSeveralRuns_hasAnOverview() throws IOException {
        Path page = folder.resolve("several.html");
        Files.move(folder.resolve("second/quickstart"), folder.resolve("second/again"));
        Path config = folder.resolve("second/again/config.yaml");
        Files.writeString(config, Files.readString(config).replace("name: quickstart", "name: again"));

        Outcome outcome = command(
                "report",
                folder.resolve("first/quickstart").toString(),
                folder.resolve("second").toString(),
                "--output",
                page.toString());

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(page).content().contains("id=\"overview\"", "href=\"#run0\">quickstart", "href=\"#run1\">again");
    }

    @Test
    @Order(14)
    void report_ofWhatIsNoRun_isRefusedAndWritesNothing() {
        Path page = folder.resolve("nothing.html");
        assertThat(command("report", folder.resolve("nowhere").toString(), "--output", page.toString()))
                .satisfies(outcome -> assertThat(outcome.code()).isEqualTo(2))
                .satisfies(outcome ->
                        assertThat(outcome.err()).contains("nowhere: found nothing", "expected the folder of a run"));
        assertThat(command("report", folder.resolve("first/quickstart/steps").toString())
                        .err())
                .contains("found no config.yaml");
        assertThat(command("report", folder.resolve("first/quickstart").toString(), "--output", folder.toString()))
                .satisfies(outcome -> assertThat(outcome.code()).isEqualTo(2))
                .satisfies(outcome -> assertThat(outcome.err()).contains("a folder; expected a name for a file"));
        assertThat(page).doesNotExist();
    }

    private static Outcome quickstart(String runs) {
        return execute(runs, List.of());
    }

    private static Outcome execute(String runs, List<String> more) {
        List<String> arguments = new ArrayList<>(List.of("quickstart"));
        arguments.addAll(CUT_DOWN);
        arguments.addAll(List.of("--runs", folder.resolve(runs).toString()));
        arguments.addAll(more);
        return command(arguments.toArray(String[]::new));
    }

    private static Outcome command(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Ppflow.create(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(arguments);
        return new Outcome(code, out.toString(), err.toString());
    }

    private static List<String> files(String runs) throws IOException {
        Path root =
                runs.contains("/") ? folder.resolve(runs) : folder.resolve(runs).resolve("quickstart");
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.map(path -> root.relativize(path).toString().replace('\\', '/'))
                    .toList();
        }
    }

    private static List<String> tableWithoutTimings(String runs) throws IOException {
        JsonNode table = JsonMapper.builder()
                .build()
                .readTree(Files.readString(folder.resolve(runs).resolve("quickstart/table.json")));
        List<String> lines = new ArrayList<>();
        for (JsonNode row : table.path("rows")) {
            row.properties().forEach(entry -> {
                if (!entry.getKey().matches(TIMINGS)) {
                    lines.add(entry.getKey() + " = " + entry.getValue());
                }
            });
        }
        assertThat(lines).hasSizeGreaterThan(20);
        return lines;
    }
}
