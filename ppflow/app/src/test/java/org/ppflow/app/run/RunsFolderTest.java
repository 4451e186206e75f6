package org.ppflow.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.app.config.ConfigReader;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.nn.errors.BadInputException;

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
        assertThat(RunsFolder.of(null, kept, List.of("training.images=96"))).isEqualTo(folder.resolve("my runs"));
    }

    @Test
    void aPathFromHere_staysOne() throws IOException {
        Path here = Path.of("").toAbsolutePath();

        Path runs = RunsFolder.of(null, here.relativize(kept), List.of());

        assertThat(runs).isRelative();
        assertThat(runs.toAbsolutePath().normalize()).isEqualTo(folder.resolve("my runs"));
    }

    @Test
    void aLinkToARun_isThatRun() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("latest"), kept.getParent());

        assertThat(RunsFolder.of(null, link.resolve("config.yaml"), List.of())).isEqualTo(folder.resolve("my runs"));
        assertThat(RunsFolder.isNamed(link, "mine")).isTrue();
    }

    @Test
    void whatTheCommandLineSays_holds() throws IOException {
        assertThat(RunsFolder.of(Path.of("others"), kept, List.of())).isEqualTo(Path.of("others"));
    }

    @Test
    void anyOtherConfig_runsInTheUsualFolder() throws IOException {
        Path own = Files.writeString(folder.resolve("config.yaml"), "name: mine\nschedules: [sit]\n");

        assertThat(RunsFolder.of(null, own, List.of())).isEqualTo(Path.of("runs"));
        assertThat(RunsFolder.of(null, folder.resolve("none/config.yaml"), List.of()))
                .isEqualTo(Path.of("runs"));
        assertThat(RunsFolder.of(null)).isEqualTo(Path.of("runs"));
    }

    @Test
    void aFolderOfAnotherName_isNotGoneOnWith_unlessSomethingNewIsAskedFor() throws IOException {
        Path copy = folder.resolve("my runs/copied run");
        Files.move(kept.getParent(), copy);
        Path config = copy.resolve("config.yaml");

        for (Path given : new Path[] {null, folder.resolve("my runs")}) {
            assertThatThrownBy(() -> RunsFolder.of(given, config, List.of()))
                    .isInstanceOf(BadInputException.class)
                    .hasMessage(
                            config + ": the config of a run 'mine' in a folder 'copied run'; expected a folder of the"
                                    + " run's name; to go on with what is there, give the folder the name mine; to begin anew, say"
                                    + " --set name=NAME, or --runs FOLDER for another place");
        }
        assertThat(RunsFolder.of(null, config, List.of("name=again"))).isEqualTo(folder.resolve("my runs"));
        assertThat(RunsFolder.of(Path.of("others"), config, List.of())).isEqualTo(Path.of("others"));
    }
}
