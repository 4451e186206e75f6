package org.ppflow.app.run;

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
import org.ppflow.app.config.ConfigReader;
import org.ppflow.app.config.ExperimentConfig;

class RunsFolderTest {
    @TempDir
    private Path folder;

    private Path kept;

    @BeforeEach
    void makeRun() throws IOException {
        ExperimentConfig config = ConfigReader.parse("c", "name: mine\nschedules: [sit]\n", List.of());
        RunFolder.open(folder.resolve("my runs"), config).close();
        kept = folder.resolve("my runs/mine/config.yaml");
        Files.writeString(kept.resolveSibling(RunFolder.PROVENANCE), "{}");
    }

    @Test
    void theConfigThatARunKeeps_goesOnWhereItLies() throws IOException {
        RunsFolder runs = RunsFolder.of(null, kept);

        assertThat(runs.path()).isEqualTo(folder.resolve("my runs"));
        assertThat(runs.caution()).isEmpty();
    }

    @Test
    void aPathFromHere_staysOne() throws IOException {
        Path here = Path.of("").toAbsolutePath();

        RunsFolder runs = RunsFolder.of(null, here.relativize(kept));

        assertThat(runs.path()).isRelative();
        assertThat(runs.path().toAbsolutePath().normalize()).isEqualTo(folder.resolve("my runs"));
    }

    @Test
    void whatTheCommandLineSays_holds() throws IOException {
        assertThat(RunsFolder.of(Path.of("others"), kept).path()).isEqualTo(Path.of("others"));
    }

    @Test
    void anyOtherConfig_runsInTheUsualFolder() throws IOException {
        Path own = Files.writeString(folder.resolve("config.yaml"), "name: mine\nschedules: [sit]\n");

        assertThat(RunsFolder.of(null, own)).isEqualTo(RunsFolder.of(null));
        assertThat(RunsFolder.of(null, folder.resolve("none/config.yaml")).path())
                .isEqualTo(Path.of("runs"));
    }

    @Test
    void aFolderOfAnotherName_isNotGoneOnWith_andThatIsSaid() throws IOException {
        Path copy = folder.resolve("copied run");
        Files.move(kept.getParent(), copy);

        RunsFolder runs = RunsFolder.of(null, copy.resolve("config.yaml"));

        StringWriter err = new StringWriter();
        assertThat(runs.tell(new PrintWriter(err))).isEqualTo(Path.of("runs"));
        assertThat(err.toString())
                .isEqualTo("Caution: " + copy.resolve("config.yaml") + " is of a run mine, which is taken to be "
                        + Path.of("runs/mine") + "; to go on in " + copy + ", give that folder the name mine"
                        + System.lineSeparator());
    }
}
