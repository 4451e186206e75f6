package org.ppflow.app.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ppflow.app.config.ExperimentGrid;
import org.ppflow.app.config.GridReader;
import org.ppflow.app.published.PublishedRows;
import org.ppflow.app.record.Records;
import org.ppflow.nn.errors.BadInputException;

class RowRecordsTest extends TableFiles {
    @Test
    void aRowAtSeveralPoints_mustSayWhich() throws IOException {
        Files.writeString(
                folder.resolve("small.yaml"), GRID.replace("{seed: [0]}", "{seed: [0], sampling.steps: [4, 6]}"));
        assertThatThrownBy(this::fill)
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("sampling.steps=4")
                .hasMessageContaining("point: {sampling.steps: 4}");
        Files.writeString(
                folder.resolve("table.yaml"),
                TABLE.replace("config: small.yaml,", "config: small.yaml, point: {sampling.steps: '6'},"));
        assertThat(values(fill(), "small", "grown", Filled.Origin.SCALED)).containsOnly(Filled.NOT_RUN);
    }

    /** A value that is a list has no text that --set would read back. */
    @Test
    void aPointOfAnAxisOfLists_findsItsRecord() throws IOException {
        Files.writeString(
                folder.resolve("small.yaml"),
                GRID.replace("{seed: [0]}", "{seed: [0], training.betas: [[0.9, 0.999], [0.9, 0.99]]}"));
        Files.writeString(
                folder.resolve("table.yaml"),
                TABLE.replace("config: small.yaml,", "config: small.yaml, point: {training.betas: '0.9 0.99'},"));
        ExperimentGrid grid = GridReader.read(folder.resolve("small.yaml"), List.of());
        write(grid, grid.row("SiT").get(1), List.of(), 30, embedded());
        assertThat(values(fill(), "small", "SiT-B/2", Filled.Origin.SCALED)).startsWith("30.00");
        write(grid, grid.row("PPF-2").get(0), List.of(), 20, embedded());
        assertThat(values(fill(), "small", "PPF-B-2", Filled.Origin.SCALED)).containsOnly(Filled.NOT_RUN);
    }

    /** The other file has the seed that it says, whatever the seed of the row is: so the grid runs it. */
    @Test
    void aStartInAFileWithoutTheAxis_isTheOneThatRan() throws IOException {
        Files.writeString(folder.resolve("base.yaml"), "name: base\nschedules: [sit]\ncells: {SiT: {}}\n");
        Files.writeString(
                folder.resolve("small.yaml"),
                GRID.replace("cell:SiT", "cell:base.yaml#SiT").replace("seed: [0]", "seed: [0, 1]"));
        ExperimentGrid grid = GridReader.read(folder.resolve("small.yaml"), List.of());
        write(grid, grid.row("grown").get(1), List.of(), 30, embedded());
        assertThat(values(fill(), "small", "grown", Filled.Origin.SCALED)).startsWith("30.00");
    }

    @Test
    void aSecondRecordOfAnExperiment_isRefused_notTakenForASeed() throws IOException {
        Path file = write("SiT", 0, 30);
        Path copy = Files.copy(file, file.resolveSibling("copy.record.json"));
        assertRefused(file);
        assertRefused(copy);
        Files.delete(copy);
        Filled table = TableFilling.fill(
                TableFilling.spec(folder.resolve("table.yaml")),
                folder,
                Records.read(List.of(records, folder.resolve("records/../records"))),
                PublishedRows.shipped());
        assertThat(values(table, "small", "SiT-B/2", Filled.Origin.SCALED)).startsWith("30.00");
    }

    @Test
    void aRecordWithAChangedByte_isRefusedByName() throws IOException {
        Path file = write("SiT", 0, 30);
        Files.writeString(file, Files.readString(file).replace("30.0", "10.0"));
        assertRefused(file);
    }

    @Test
    void aRecordOfAnotherConfig_isRefusedByName() throws IOException {
        Path file = write("SiT", 0, 30);
        Files.writeString(
                folder.resolve("small.yaml"),
                GRID.replace("schedules: [sit]\n", "schedules: [sit]\nmodel: {depth: 2}\n"));
        assertRefused(file);
    }

    @Test
    void aRecordWhoseStartIsAnother_isRefusedByName() throws IOException {
        Path file = write("grown", 0, 30);
        Files.writeString(folder.resolve("small.yaml"), GRID.replace("SiT: {}", "SiT: {training: {images: 480}}"));
        assertRefused(file);
    }

    @Test
    void aRecordOfOtherData_isRefusedByName() throws IOException {
        assertRefused(write("SiT", 0, 30, "0".repeat(64)));
    }

    private void assertRefused(Path file) {
        assertThatThrownBy(this::fill).isInstanceOf(BadInputException.class).hasMessageContaining(file.toString());
    }
}
