package org.ppflow.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.ppflow.app.Main;
import org.ppflow.app.command.ExitCode;

class ResultStreamTest {
    @Test
    void whatCanBeWritten_isWrittenAsItIs() {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        ResultStream results = new ResultStream(target);
        PrintWriter out = new PrintWriter(results, true, StandardCharsets.UTF_8);

        out.print("× 1.5");

        assertThat(out.checkError()).isFalse();
        assertThat(target.toString(StandardCharsets.UTF_8)).isEqualTo("× 1.5");
        assertThat(results.readerIsGone()).isFalse();
        assertThat(results.reason()).isEmpty();
    }

    @Test
    void aFullDisk_isNoReaderThatIsGone() {
        ResultStream results = new ResultStream(new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("No space left on device");
            }
        });
        PrintWriter out = new PrintWriter(results, true, StandardCharsets.UTF_8);

        out.println("a table");

        assertThat(out.checkError()).isTrue();
        assertThat(results.readerIsGone()).isFalse();
        assertThat(results.reason()).isEqualTo("No space left on device");
    }

    @Test
    void aReaderThatIsGone_endsTheProgramWithoutAWord_andAFullDiskWithOne() throws Exception {
        String main = "'%s' -cp '%s' %s --help"
                .formatted(
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        System.getProperty("java.class.path"),
                        Main.class.getName());
        // The reader is gone before the first byte.
        assertThat(run("exec 3>&1; { sleep 0.2; " + main + "; echo \"$?\" >&3; } | true"))
                .containsExactly(String.valueOf(ExitCode.READER_GONE));
        assertThat(run(main + " > /dev/full; echo \"$?\""))
                .containsExactly(
                        "ppflow: standard output could not be written (No space left on device); its results are lost",
                        String.valueOf(ExitCode.FAILED));
    }

    private static List<String> run(String script) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
        List<String> lines = process.inputReader(StandardCharsets.UTF_8).lines().toList();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return lines;
    }
}
