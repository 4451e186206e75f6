package org.ppflow.app.command.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.command.Ppflow;

class FlopsCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private Path config;

    @BeforeEach
    void write() throws IOException {
        config = Files.writeString(folder.resolve("mine.yaml"), """
                name: mine
                schedules: [{name: early, levels: [{patch: 8x8, start: 0, end: 0.25}, {patch: 2x2, start: 0.25, end: 1}]}]
                data: {source: "latents:none", latent: 4x16x16, classes: 10}
                model: {depth: 2, hidden: 128, heads: 2}
                """);
    }

    @Test
    void aConfigBesideSit_comparesThemOnItsOwnNetworkAndLatent() {
        assertThat(execute("--schedule", "sit," + config)).as(err.toString()).isEqualTo(ExitCode.DONE);

        assertThat(rows()).extracting(row -> row.substring(0, 10)).containsExactly("mine  sit ", "mine  earl");
        assertThat(rows().get(0)).contains(" 100.0 ");
        execute("--schedule", config.toString(), "--json", "-");
        assertThat(out.toString()).contains("\"size\" : \"mine\"").contains("\"latent\" : \"16x16\"");
    }

    @Test
    void aScheduleThatTheConfigHasToo_standsThereOnce() throws IOException {
        Path both = Files.writeString(
                folder.resolve("both.yaml"), Files.readString(config).replace("[{name: early", "[sit, {name: early"));

        execute("--schedule", "sit," + both);

        assertThat(rows()).extracting(row -> row.substring(0, 10)).containsExactly("mine  sit ", "mine  earl");
    }

    @Test
    void aModelThatIsGiven_standsInPlaceOfTheConfigsOnItsLatent() {
        execute("--schedule", config.toString(), "--model", "B", "--json", "-");
        assertThat(out.toString()).contains("\"size\" : \"B\"").contains("\"latent\" : \"16x16\"");
        execute("--schedule", config.toString(), "--model", "B", "--latent", "32", "--json", "-");
        assertThat(out.toString()).contains("\"latent\" : \"32x32\"");
    }

    @Test
    void levelsBesideNames_areOneSchedule() {
        assertThat(execute("--schedule", "sit,4x4:0.3,2x2", "--model", "S"))
                .as(err.toString())
                .isEqualTo(ExitCode.DONE);

        assertThat(rows()).hasSize(2);
        assertThat(rows().get(1)).startsWith("S     4x4:0.3,2x2 ");
    }

    @Test
    void configsOfSeveralLatents_askForOneWhereASizeIsGiven() throws IOException {
        Path other = Files.writeString(
                folder.resolve("other.yaml"), Files.readString(config).replace("4x16x16", "4x64x64"));

        assertThat(execute("--schedule", config + "," + other)).isEqualTo(ExitCode.DONE);
        assertThat(rows()).hasSize(2);
        assertThat(execute("--schedule", config + "," + other, "--model", "B")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("4x16x16, 4x64x64").contains("--latent 4x16x16");
    }

    @Test
    void whatTheSamplingIs_isSaid_andThatAConfigsOwnIsNotIt() {
        execute("--schedule", "sit", "--model", "S", "--points", "50", "--guidance", "1.5");
        assertThat(out.toString()).endsWith("Sampling: heun, 50 points, guidance 1.5.\n");

        execute("--schedule", "sit", "--model", "S", "--align", "--guidance", "2", "--guidance-interval", "0.2,0.8");
        assertThat(out.toString())
                .endsWith("Sampling: heun, 250 points and the boundaries, guidance 2 for t in 0.2,0.8.\n");
        execute("--schedule", "sit", "--model", "S", "--sde", "euler", "--guidance", "1.0");
        assertThat(out.toString()).endsWith("Sampling: SDE, euler, 250 points, no guidance.\n");

        execute("--schedule", "sit," + config);
        assertThat(out.toString())
                .contains("Sampling: heun, 250 points, no guidance. What a config says of sampling")
                .endsWith("run CONFIG --dry-run'.\n");
    }

    /** Without heading and footnotes. */
    private List<String> rows() {
        List<String> lines = out.toString().lines().toList();
        return lines.subList(1, lines.size() - 2);
    }

    private int execute(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] all = new String[arguments.length + 1];
        all[0] = "flops";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Ppflow.create(new PrintWriter(out), new PrintWriter(err)).execute(all);
    }
}
