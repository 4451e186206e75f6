package org.ppflow.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.nn.errors.BadInputException;

class GridReaderTest {
    private static final String TABLE = """
            name: table
            schedules: [sit]
            model: {depth: 2}
            cells:
              SiT 7M: {}
              PPF-2 +1M: {schedules: [ppf-2], training: {images: 480}, init: {sit: "cell:SiT 7M"}}
            grid:
              seed: [0, 1]
              sampling.steps: [10, 20]
            """;

    @TempDir
    Path folder;

    @Test
    void cellsAndAxes_makeEveryCombination() {
        ExperimentGrid grid = GridReader.parse("t.yaml", TABLE, List.of());

        assertThat(grid.name()).isEqualTo("table");
        assertThat(grid.single()).isFalse();
        assertThat(grid.cells()).hasSize(8);
        assertThat(grid.cells().stream().map(cell -> cell.config().name()))
                .startsWith("sit-7m-seed-0-steps-10", "sit-7m-seed-0-steps-20", "sit-7m-seed-1-steps-10")
                .contains("ppf-2-plus-1m-seed-1-steps-20")
                .doesNotHaveDuplicates();
        GridCell last = grid.cells().get(7);
        assertThat(last.point()).isEqualTo(Map.of("seed", "1", "sampling.steps", "20"));
        assertThat(last.config().seed()).isEqualTo(1);
        assertThat(last.config().sampling().steps()).isEqualTo(20);
        assertThat(last.config().training().images()).isEqualTo(480);
        assertThat(last.config().model().depth()).isEqualTo(2);
        assertThat(grid.cells().get(0).config().training().images()).isEqualTo(Defaults.TRAINING.images());
        assertThat(last.title()).isEqualTo("PPF-2 +1M, seed 1, steps 20");
    }

    @Test
    void anAxisThatTheCommandLineSets_hasThatValueAlone() {
        ExperimentGrid grid = GridReader.parse("t.yaml", TABLE, List.of("seed=5", "name=other", "model.depth=1"));

        assertThat(grid.name()).isEqualTo("other");
        assertThat(grid.cells()).hasSize(4).allMatch(cell -> cell.config().seed() == 5);
        assertThat(grid.cells()).allMatch(cell -> cell.point().get("seed").equals("5"));
        assertThat(grid.cells()).allMatch(cell -> cell.config().model().depth() == 1);
    }

    @Test
    void aConfigWithoutCells_isOneExperimentUnderItsOwnName() {
        ExperimentGrid grid = GridReader.parse("t.yaml", "name: plain\nschedules: [sit, ppf-2]\n", List.of());

        assertThat(grid.single()).isTrue();
        assertThat(grid.cells()).hasSize(1);
        assertThat(grid.cells().get(0).config())
                .isEqualTo(ConfigReader.parse("t.yaml", "name: plain\nschedules: [sit, ppf-2]\n", List.of()));
    }

    @Test
    void aLink_findsTheExperimentAtTheSameValues_alsoInAnotherFile() throws IOException {
        Files.writeString(folder.resolve("table.yaml"), TABLE);
        Files.writeString(folder.resolve("more.yaml"), """
                name: more
                schedules: [ppf-3]
                init: {sit: 'cell:table.yaml#SiT 7M'}
                sampling: {steps: 20}
                grid: {seed: [0, 1]}
                """);
        ExperimentGrid table = GridReader.read(folder.resolve("table.yaml"), List.of());
        GridCell grown = table.row("PPF-2 +1M").get(3);
        assertThat(CellLink.of(table, grown, List.of())
                        .orElseThrow()
                        .cell()
                        .config()
                        .name())
                .isEqualTo("sit-7m-seed-1-steps-20");

        ExperimentGrid more = GridReader.read(folder.resolve("more.yaml"), List.of());
        CellLink link = CellLink.of(more, more.cells().get(1), List.of()).orElseThrow();
        assertThat(link.grid().name()).isEqualTo("table");
        assertThat(link.cell().config().seed()).isEqualTo(1);
        assertThat(CellLink.of(table, table.cells().get(0), List.of())).isEmpty();
    }

    @Test
    void mistakes_areNamedWithTheirPlace() {
        assertRefused("cells: []\n", "t.yaml:3: cells", "found a list");
        assertRefused("cells: {a: 3}\n", "t.yaml:3: cells.a", "found 3");
        assertRefused("grid: {seed: 3}\n", "t.yaml:3: grid.seed", "a list of values");
        assertRefused("grid: {seed: []}\n", "grid.seed", "a list of values");
        assertRefused("cells: {a: {model: {dept: 3}}}\n", "t.yaml: cells.a", "did you mean 'depth'");
        assertRefused("cells: {a: {training: {batch: 0}}}\n", "cells.a", "batch");
        assertRefused("grid: {sampling.solver: [heun, heum]}\n", "grid.sampling.solver", "heum");
        assertRefused("cells: {a b: {}, A-B: {}}\n", "cells", "the same folder name");
        assertRefused("grid: {name: [a, b]}\n", "grid.name", "names as values");
        assertRefused("grid: {sampling.guidance: [[[1]]]}\n", "grid.sampling.guidance", "a list");
    }

    @Test
    void aNameThatIsNoText_isRefused() {
        assertThatThrownBy(
                        () -> GridReader.parse("t.yaml", "name: [n]\nschedules: [sit]\ngrid: {seed: [0]}\n", List.of()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("t.yaml:1: name: a list; expected letters");
    }

    /** Points would be labelled with values that did not run. */
    @Test
    void whatIsSetInsideOrAroundAnAxis_isRefused() {
        for (String set : List.of("sampling={steps: 5}", " sampling = {steps: 5}", "seed.x=1")) {
            assertThatThrownBy(() -> GridReader.parse("t.yaml", TABLE, List.of(set)))
                    .as(set)
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining("--set " + set)
                    .hasMessageContaining("axis");
        }
        assertThat(GridReader.parse("t.yaml", TABLE, List.of(" sampling.steps = 5", "sampling.count=100"))
                        .cells())
                .hasSize(4)
                .allMatch(cell -> cell.point().get("sampling.steps").equals("5"));
    }

    @Test
    void aLinkToNothing_namesWhatThereIs() {
        ExperimentGrid grid = GridReader.parse("t.yaml", TABLE.replace("cell:SiT 7M", "cell:SiT 7N"), List.of());
        assertThatThrownBy(() -> CellLink.of(grid, grid.row("PPF-2 +1M").get(0), List.of()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("no cell 'SiT 7N'")
                .hasMessageContaining("did you mean 'SiT 7M'");
    }

    private static void assertRefused(String more, String place, String message) {
        assertThatThrownBy(() -> GridReader.parse("t.yaml", "name: n\nschedules: [sit]\n" + more, List.of()))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(place)
                .hasMessageContaining(message);
    }
}
