package org.ppflow.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.app.Main;
import org.ppflow.data.codec.Codec;
import org.ppflow.data.codec.Codecs;
import org.ppflow.data.picture.PictureBatch;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.level.PatchLevel;
import org.ppflow.flow.sampling.OdeSolvers;
import org.ppflow.flow.sampling.TimeGrid;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.tests.endtoend.CommandLineRun.Outcome;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The examples of {@code tests/extensions}: a codec, a solver and a schedule from outside, compiled against the class path as a user would and used by
 * commands, without a line changed inside. Extensions belong to the process, and this class has one of its own.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExtensionExamplesTest {
    private static final Path EXAMPLES = Path.of("extensions");
    private static final List<String> NAMES = List.of("codec", "solver", "schedule");

    @TempDir
    private static Path folder;

    @BeforeAll
    static void compile() throws IOException {
        List<URL> classPath = new ArrayList<>();
        for (String name : NAMES) {
            compile(EXAMPLES.resolve(name), folder.resolve(name));
            classPath.add(folder.resolve(name).toUri().toURL());
        }
        Thread.currentThread()
                .setContextClassLoader(new URLClassLoader(
                        classPath.toArray(URL[]::new), Thread.currentThread().getContextClassLoader()));
    }

    private static void compile(Path example, Path classes) throws IOException {
        copy(example.resolve("resources"), classes);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.walk(example.resolve("src"))) {
            List<Path> java =
                    sources.filter(path -> path.toString().endsWith(".java")).toList();
            List<String> options = List.of(
                    "--release",
                    "17",
                    "-Xlint:all,-path",
                    "-Werror",
                    "-proc:none",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-d",
                    classes.toString());
            boolean compiled = compiler.getTask(
                            said, files, null, options, null, files.getJavaFileObjectsFromPaths(java))
                    .call();
            assertThat(compiled).as(said.toString()).isTrue();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    @Test
    @Order(1)
    void helpLists_haveTheirNames() {
        assertThat(CommandLineRun.run("sample", "--help").out()).contains("ab2");
        assertThat(CommandLineRun.run("data", "encode", "--help").out()).contains("dct4");
        assertThat(CommandLineRun.run("flops", "--help").out()).contains("equal-flops-2");
        assertThat(CommandLineRun.run("doctor").out())
                .contains("codec dct4 (" + folder, "solver ab2 (", "schedule equal-flops-3 (");
    }

    @Test
    @Order(1)
    void unknownNames_areAnsweredWithTheirs() {
        Outcome solver = CommandLineRun.sample(folder.resolve("none.npz"), "--solver", "ab3", "--count", 1);
        assertThat(solver.code()).isEqualTo(2);
        assertThat(solver.err()).contains("'ab3'", "dopri5-torchdiffeq, ab2", "did you mean 'ab2'?");
        Outcome schedule = CommandLineRun.run("flops", "--schedule", "equal-flop-2");
        assertThat(schedule.code()).isEqualTo(2);
        assertThat(schedule.err()).contains("did you mean 'equal-flops-2'?");
        Outcome codec = CommandLineRun.run("quickstart", "--dry-run", "--set", "data.codec=dct");
        assertThat(codec.code()).isEqualTo(2);
        assertThat(codec.err())
                .contains("data.codec: found 'dct'; expected one of haar, pixels, dct4", "did you mean 'dct4'?");
        Outcome size =
                CommandLineRun.run("quickstart", "--dry-run", "--set", "data.codec=dct4", "--set", "data.size=30");
        assertThat(size.code()).isEqualTo(2);
        assertThat(size.err()).contains("data.size", "30x30 pixels", "multiples of 4");
    }

    /** d x/d t = x·cos t, so x(1) = x(0)·exp(sin 1); half the step, a quarter of the error. */
    @Test
    @Order(1)
    void solver_hasOrderTwo_onEvenAndUnevenGrids() {
        for (double shift : new double[] {1, 3}) {
            double coarse = error(shift, 20);
            double fine = error(shift, 40);
            assertThat(Math.log(coarse / fine) / Math.log(2))
                    .as("shift " + shift)
                    .isEqualTo(2, within(0.25));
            assertThat(fine).isLessThan(1e-2);
        }
    }

    private static double error(double shift, int steps) {
        TimeGrid grid = TimeGrid.of(org.ppflow.flow.transport.TimeInterval.WHOLE, steps, shift, List.of());
        FloatArray end = OdeSolvers.named("ab2")
                .solve(
                        (x, t) -> {
                            float[] velocity = new float[x.values().length];
                            for (int i = 0; i < velocity.length; i++) {
                                velocity[i] = (float) (x.values()[i] * Math.cos(t[i]));
                            }
                            return new FloatArray(x.shape(), velocity);
                        },
                        new FloatArray(new int[] {2, 1}, new float[] {1, -2}),
                        grid);
        double exact = Math.exp(Math.sin(1));
        return Math.max(Math.abs(end.values()[0] - exact), Math.abs(end.values()[1] + 2 * exact));
    }

    @Test
    @Order(1)
    void codec_keepsEnergy_andGivesPicturesBack() {
        byte[] pixels = new byte[2 * 8 * 12 * 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * 37 % 256);
        }
        PictureBatch pictures = new PictureBatch(2, 8, 12, 3, pixels);
        try (Codec codec = Codecs.open("dct4")) {
            FloatArray latents = codec.encode(pictures);
            assertThat(latents.shape()).containsExactly(2, 48, 2, 3);
            double energy = 0;
            for (byte pixel : pixels) {
                energy += Math.pow((pixel & 0xFF) / 127.5 - 1, 2);
            }
            double kept = 0;
            for (float value : latents.values()) {
                kept += value * value;
            }
            assertThat(kept).isEqualTo(energy, within(1e-4 * energy));
            assertThat(codec.decode(latents).pixels()).isEqualTo(pixels);
            // The first channel is the mean of a block, times 4.
            assertThat(latents.values()[0]).isEqualTo(4 * mean(pixels), within(1e-5f));
            assertThat(codec.weightsSha256()).hasSize(64);
        }
    }

    /** Of the first block's first channel, on [−1, 1]; a row has 12 pixels of 3 channels. */
    private static float mean(byte[] pixels) {
        double sum = 0;
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 4; x++) {
                sum += (pixels[(y * 12 + x) * 3] & 0xFF) / 127.5 - 1;
            }
        }
        return (float) (sum / 16);
    }

    @Test
    @Order(1)
    void schedule_givesEveryLevelTheSameShareOfTokens() {
        for (String name : List.of("equal-flops-2", "equal-flops-3")) {
            LevelSchedule schedule = LevelSchedule.preset(name);
            assertThat(schedule.levels())
                    .extracting(level -> cost(level))
                    .allSatisfy(share -> assertThat(share).isEqualTo(cost(schedule.level(0)), within(1e-9)));
        }
        assertThat(LevelSchedule.preset("equal-flops-2").level(0).end()).isEqualTo(0.8);
    }

    private static double cost(PatchLevel level) {
        return level.length() * level.patch().tokens(32, 32);
    }

    @Test
    @Order(2)
    void anExperiment_usesAllThree_andSaysWhichBytesTheyWere() throws IOException {
        Outcome outcome = CommandLineRun.run(quickstart().toArray());
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("equal-flops-2", "4x4 to 0.8, 2x2", "label agreement");

        JsonNode provenance = JsonMapper.shared().readTree(Files.readString(run().resolve("provenance.json")));
        for (String title : List.of("codec dct4", "solver ab2", "schedule equal-flops-2")) {
            assertThat(provenance.path("extensions").path(title).asString(""))
                    .as(title)
                    .matches("[0-9a-f]{64}");
        }
        // The levels themselves, so that the run can be read without the family.
        assertThat(Files.readString(run().resolve("config.yaml"))).contains("end: 0.8", "solver: ab2", "codec: dct4");
        JsonNode manifest = JsonMapper.shared().readTree(Files.readString(run().resolve("data/manifest.json")));
        assertThat(manifest.at("/description/autoencoder").asString()).isEqualTo("dct4");
        assertThat(manifest.at("/description/autoencoder_sha256").asString())
                .isEqualTo(provenance.at("/extensions/codec dct4").asString());
    }

    @Test
    @Order(3)
    void theSameBytes_areDone_alsoInAnotherProcess() throws Exception {
        assertThat(another()).contains("is finished; nothing was done again");
    }

    @Test
    @Order(4)
    void aSolverThatChanged_samplesAgain_withoutTraining() throws Exception {
        Files.writeString(folder.resolve("solver/CHANGED"), "other bytes");
        assertThat(another()).contains("sample equal-flops-2").doesNotContain("train equal-flops-2", "encode");
    }

    @Test
    @Order(5)
    void aCodecThatChanged_isNotTakenForTheOneThatEncoded() throws Exception {
        Files.writeString(folder.resolve("codec/CHANGED"), "other bytes");
        assertThat(another())
                .contains("manifest.json: another data set", "expected an empty folder, or the same encode")
                .doesNotContain("train equal-flops-2", "sample equal-flops-2");
    }

    private static List<Object> quickstart() {
        List<Object> arguments = new ArrayList<>(List.of("quickstart", "--threads", 1));
        arguments.addAll(List.of("--runs", folder.resolve("runs")));
        for (String setting : List.of(
                "name=outside",
                "schedules=[equal-flops-2]",
                "data.codec=dct4",
                "sampling.solver=ab2",
                "training.images=160",
                "training.batch=20",
                "training.checkpoint_every=4",
                "model.depth=1",
                "model.hidden=16",
                "model.heads=2",
                "classifier.steps=20",
                "sampling.count=16",
                "sampling.batch=16",
                "sampling.steps=5")) {
            arguments.addAll(List.of("--set", setting));
        }
        return arguments;
    }

    private static Path run() {
        return folder.resolve("runs/outside");
    }

    /** What the experiment says in a process of its own, with the extensions at the end of the class path. */
    private static String another() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-Dorg.bytedeco.javacpp.maxBytes=0",
                "-XX:TieredStopAtLevel=1",
                "-cp"));
        StringBuilder classPath = new StringBuilder(System.getProperty("java.class.path"));
        NAMES.forEach(name -> classPath.append(java.io.File.pathSeparatorChar).append(folder.resolve(name)));
        command.add(classPath.toString());
        command.add(Main.class.getName());
        quickstart().forEach(argument -> command.add(argument.toString()));
        Path log = folder.resolve("another.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        return Files.readString(log);
    }
}
