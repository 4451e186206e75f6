package org.ppflow.eval.linear;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.eval.linear.Blas.Form;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;

class NativeCallsTest {
    private static final int SIGTERM_CODE = 128 + 15;
    private static final String READY = "ready";

    @TempDir
    Path folder;

    @RepeatedTest(5)
    void sigterm_amidProducts_endsTheProcessWithoutACrash() throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens") || argument.startsWith("-Dorg.bytedeco"))
                .toList());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Products.class.getName()));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .start();
        try (BufferedReader err = process.errorReader(StandardCharsets.UTF_8)) {
            assertThat(err.lines().anyMatch(READY::equals)).isTrue();
            process.destroy();

            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isEqualTo(SIGTERM_CODE);
            assertThat(out).isEmptyFile();
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files).containsExactly(out);
            }
        } finally {
            process.destroyForcibly();
        }
    }

    /** Products without end, beside TensorFlow, which takes its time at exit: memory that OpenBLAS has freed is used for longer. */
    static final class Products {
        private static final int SIZE = 1500;

        private Products() {}

        public static void main(String[] arguments) {
            try (Graph graph = new Graph();
                    Session session = new Session(graph);
                    MatrixSpace space = new MatrixSpace()) {
                Ops tf = Ops.create(graph);
                session.runner()
                        .fetch(tf.math.add(tf.constant(1f), tf.constant(2f)))
                        .run()
                        .close();
                Matrix a = space.zeros(SIZE, SIZE);
                Matrix b = space.zeros(SIZE, SIZE);
                Blas.multiply(a, Form.PLAIN, a, Form.PLAIN, 0, b);
                System.err.println(READY);
                while (true) {
                    Blas.multiply(a, Form.PLAIN, a, Form.TRANSPOSED, 0, b);
                }
            }
        }
    }
}
