package org.ppflow.app.command.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.command.Ppflow;

class FigureCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"4", "9", "10", "path"})
    void aFigure_isTwoFilesWithTheSameBytesEveryTime(String number) throws IOException {
        assertThat(execute(number, "--output", folder.resolve("one").toString()))
                .isEqualTo(ExitCode.DONE);
        assertThat(err.toString()).contains("one.svg written").contains("one.png written");
        // An ending that was typed is none of the name.
        assertThat(execute(number, "--output", folder.resolve("two.svg").toString()))
                .isEqualTo(ExitCode.DONE);

        for (String ending : new String[] {".svg", ".png"}) {
            assertThat(Files.readAllBytes(folder.resolve("one" + ending)))
                    .isNotEmpty()
                    .isEqualTo(Files.readAllBytes(folder.resolve("two" + ending)));
        }
    }

    @Test
    void figure4_printsTheSharesOfTheTable() {
        execute("4", "--output", folder.resolve("f").toString());

        assertThat(out.toString().lines().skip(1).map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "SiT-B/2 7 M 100.0 4.46 180.95",
                        "PPF-B-2 7 M 62.5 4.12 211.36",
                        "PPF-B-2 11 M 98.2 3.83 223.00",
                        "PPF-B-3 7 M 50.0 4.71 212.84",
                        "PPF-B-3 11 M 78.6 4.43 230.72");
    }

    @Test
    void figure9_printsThePlan() {
        execute("9", "--batch", "16", "--output", folder.resolve("f").toString());

        assertThat(out.toString().lines())
                .containsExactly(
                        "level 0: 8 images of 64 tokens in 2 rows of 256",
                        "level 1: 4 images of 128 tokens in 2 rows of 256",
                        "level 2: 4 images of 256 tokens in 4 rows of 256");
    }

    @Test
    void badInput_endsWithTwoAndWritesNothing() throws IOException {
        String name = folder.resolve("f").toString();

        assertThat(execute("9", "--batch", "12", "--output", name)).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("8 and 16");
        assertThat(execute("10", "--latent", "4x30x32", "--output", name)).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("4x4 does not divide latent 30x32");
        assertThat(execute("10", "--schedule", "ppf-9", "--output", name)).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("ppf-2, ppf-3, sit");
        assertThat(execute("10", "--latent", "9998", "--output", name)).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("99960004 pixels");
        assertThat(execute("path", "--model", "XXL", "--output", name)).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("S, B, L, XL");
        assertThat(execute("10", "--output", folder + "/")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("no name of a file");
        assertThat(execute("10")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(execute()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("figure needs its number: 4, 9 or 10");
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    private int execute(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] all = new String[arguments.length + 1];
        all[0] = "figure";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Ppflow.create(new PrintWriter(out), new PrintWriter(err)).execute(all);
    }
}
