package org.ppflow.app.command.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.command.Ppflow;

class FigureCommandTest {
    private static final String TABLES = "../../configs/tables";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4 --table TABLES/table1.yaml",
                "5 --table TABLES/table1.yaml",
                "6 --table TABLES/table2.yaml",
                "9",
                "10",
                "path"
            })
    void aFigure_isTwoFilesWithTheSameBytesEveryTime(String typed) throws IOException {
        List<String> words = List.of(typed.replace("TABLES", TABLES).split(" "));
        List<String> one = new ArrayList<>(words);
        one.addAll(List.of("--output", folder.resolve("one").toString()));
        assertThat(execute(one.toArray(String[]::new))).as(err.toString()).isEqualTo(ExitCode.DONE);
        assertThat(err.toString()).contains("one.svg written").contains("one.png written");
        // An ending that was typed is none of the name.
        List<String> two = new ArrayList<>(words);
        two.addAll(List.of("--output", folder.resolve("two.svg").toString()));
        assertThat(execute(two.toArray(String[]::new))).isEqualTo(ExitCode.DONE);

        for (String ending : new String[] {".svg", ".png"}) {
            assertThat(Files.readAllBytes(folder.resolve("one" + ending)))
                    .isNotEmpty()
                    .isEqualTo(Files.readAllBytes(folder.resolve("two" + ending)));
        }
    }

    @Test
    void aGridOfSamples_withoutRecords_saysWhatIsMissing() throws IOException {
        Path none = Files.createDirectories(folder.resolve("none"));
        int code = execute(
                "8", "--table", TABLES + "/table3.yaml", "--records", none.toString(), "--output", folder + "/f");

        assertThat(code).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("no record with samples");
        assertThat(folder.resolve("f.png")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "5, 1", "7, 2", "8, 3"})
    void samplesOfScaledDownModels_saySoInThePicture(String number, int table) throws IOException {
        int code = execute(
                number, "--table", TABLES + "/table" + table + ".yaml", "--output", folder + "/f", "--columns", "2");

        assertThat(code).as(err.toString()).isEqualTo(ExitCode.DONE);
        assertThat(Files.readString(folder.resolve("f.svg")))
                .contains("Ours, scaled down, MNIST: small networks in the place of the paper's models")
                .as("drawn, not only told")
                .hasSizeGreaterThan(1000);
    }

    @Test
    void moreColumnsThanTheRecordsHave_areRefused() {
        int code = execute("5", "--table", TABLES + "/table1.yaml", "--columns", "101", "--output", folder + "/f");

        assertThat(code).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("--columns 101").contains("1 to 100");
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
    void aSchedulesConfig_givesLatentAndNetworkUnlessOthersAreGiven() throws IOException {
        Path config = Files.writeString(folder.resolve("mine.yaml"), """
                name: mine
                schedules: [{name: mine, levels: [{patch: 8x8, start: 0, end: 0.25}, {patch: 2x2, start: 0.25, end: 1}]}]
                data: {source: "latents:none", latent: 4x16x16, classes: 10}
                model: {depth: 2, hidden: 128, heads: 2}
                """);
        String name = folder.resolve("f").toString();

        assertThat(execute("path", "--schedule", config.toString(), "--output", name))
                .as(err.toString())
                .isEqualTo(ExitCode.DONE);
        assertThat(out.toString())
                .contains("network of mine, depth 2, hidden 128 on a latent of 4x16x16")
                .contains("4 tokens")
                .contains("64 tokens");
        assertThat(Files.readString(folder.resolve("f.svg")))
                .contains("Counted for the network of mine, depth 2, hidden 128 on a latent of 4x16x16.");
        for (String number : List.of("9", "10")) {
            assertThat(execute(number, "--schedule", config.toString(), "--output", name))
                    .isEqualTo(ExitCode.DONE);
            assertThat(out.toString()).contains("4 tokens").contains("64");
            assertThat(Files.readString(folder.resolve("f.svg"))).contains("Of a latent of 4x16x16.");
        }
        execute("path", "--schedule", config.toString(), "--latent", "32", "--model", "XL", "--output", name);
        assertThat(out.toString()).contains("network of size XL (--model) on a latent of 4x32x32");
    }

    @Test
    void badInput_endsWithTwoAndWritesNothing() throws IOException {
        String name = folder.resolve("f").toString();

        assertThat(execute("9", "--batch", "12", "--output", name)).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("8 and 16");
        assertThat(execute("10", "--latent", "4x30x32", "--output", name)).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("4x4 does not divide latent 30x32");
        assertThat(execute("10", "--schedule", "ppf-9", "--output", name)).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("ppf-2, ppf-3");
        assertThat(execute("10", "--latent", "9998", "--output", name)).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("99960004 pixels");
        assertThat(execute("path", "--model", "XXL", "--output", name)).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("S, B, L, XL");
        assertThat(execute("10", "--output", folder + "/")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("no name of a file");
        assertThat(execute("10")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(execute()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("no command; expected one of 1, 4, 5, 6, 7, 8, 9, 10, path");
        assertThat(execute("2", "--output", folder + "/two")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(execute("2")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString())
                .contains("expected one of 1, 4, 5")
                .contains("Figures 2 and 3 are drawn in notebook 02");
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
