package org.ppflow.app.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.app.config.CellLink;
import org.ppflow.app.config.ConfigReader;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.app.config.ExperimentGrid;
import org.ppflow.app.config.GridCell;
import org.ppflow.app.config.GridReader;
import org.ppflow.app.published.PublishedRows;
import org.ppflow.app.record.ConfigIdentity;
import org.ppflow.app.record.ExperimentRecord;
import org.ppflow.app.record.RecordFile;
import org.ppflow.app.record.Records;
import org.ppflow.data.source.PictureSources;
import org.ppflow.nn.provenance.GitState;
import org.ppflow.nn.provenance.Machine;
import org.ppflow.nn.provenance.Toolkit;
import tools.jackson.databind.JsonNode;

/** A table of one file of experiments, in a folder of its own, and records that fill it. */
abstract class TableFiles {
    static final String GRID = """
            name: small
            schedules: [sit]
            cells:
              SiT: {}
              PPF-2: {schedules: [ppf-2]}
              grown: {schedules: [ppf-2], training: {images: 12864}, init: {sit: "cell:SiT"}}
            grid: {seed: [0]}
            """;
    static final String TABLE = """
            title: T
            source: somewhere
            records: [records]
            blocks:
              - name: full
                kind: full
                baseline_images: 90048
                costs: [packed_training_flops, training_flops, sampling_flops]
                metrics: {fid: FID, inception_score: IS}
              - name: small
                kind: scaled
                baseline_images: 90048
                metrics: {classifier_fd: classifier-FD, label_agreement: agreement}
            rows:
              - {name: SiT-B/2, published: SiT-B/2 7M, runs: {small: {config: small.yaml, cell: SiT}}}
              - {name: PPF-B-2, published: PPF-B-2 7M, runs: {full: {config: small.yaml, cell: PPF-2}, small: {config: small.yaml, cell: PPF-2}}}
              - {name: grown, runs: {small: {config: small.yaml, cell: grown}}}
            claims:
              - {text: At equal images, better: PPF-B-2, than: SiT-B/2}
            footnotes:
              - {row: PPF-B-2, column: fid, text: a remark}
            """;

    @TempDir
    Path folder;

    Path records;

    @BeforeEach
    void files() throws IOException {
        Files.writeString(folder.resolve("small.yaml"), GRID);
        Files.writeString(folder.resolve("table.yaml"), TABLE);
        records = folder.resolve("records");
    }

    Filled fill() throws IOException {
        return fill(folder);
    }

    static Filled fill(Path at) throws IOException {
        return TableFilling.fill(
                TableFilling.spec(at.resolve("table.yaml")),
                at,
                Records.read(List.of(at.resolve("records"))),
                PublishedRows.shipped());
    }

    static Filled.Line line(Filled table, String block, String row, Filled.Origin origin) {
        return table.blocks().stream()
                .filter(one -> one.name().equals(block))
                .flatMap(one -> one.lines().stream())
                .filter(line -> line.row().equals(row) && line.origin() == origin)
                .findFirst()
                .orElseThrow();
    }

    static List<String> values(Filled table, String block, String row, Filled.Origin origin) {
        return line(table, block, row, origin).cells().stream()
                .map(Filled.Cell::text)
                .toList();
    }

    static String embedded() throws IOException {
        return PictureSources.open("mnist-t10k").sha256();
    }

    Path write(String row, int seed, double value) throws IOException {
        return write(row, seed, value, embedded());
    }

    Path write(String row, int seed, double value, String data) throws IOException {
        List<String> overrides = List.of("seed=" + seed);
        ExperimentGrid grid = GridReader.read(folder.resolve("small.yaml"), overrides);
        return write(grid, grid.row(row).get(0), overrides, value, data);
    }

    Path write(ExperimentGrid grid, GridCell cell, List<String> overrides, double value, String data)
            throws IOException {
        ExperimentConfig config = cell.config();
        Optional<ExperimentConfig> start =
                CellLink.of(grid, cell, overrides).map(link -> link.cell().config());
        return RecordFile.write(
                records,
                record(
                        cell.row(),
                        cell.point(),
                        config.schedules().get(0).name(),
                        ConfigIdentity.of(config, start),
                        ConfigReader.toTree(config),
                        start.map(ConfigReader::toTree).orElse(null),
                        value,
                        data));
    }

    static ExperimentRecord record(
            String row,
            Map<String, String> point,
            String schedule,
            String identity,
            JsonNode config,
            @Nullable JsonNode start,
            double value,
            String data) {
        return new ExperimentRecord(
                "small",
                row,
                point,
                schedule,
                identity,
                config,
                start,
                data,
                "e".repeat(64),
                new ExperimentRecord.Cost(480, 1000, 1.5e12, 500, 40, List.of(40.0), 2.25e9),
                Map.of("classifier_fd", value, "label_agreement", 0.9),
                null,
                new Toolkit("0.1", new GitState("a".repeat(40), true)),
                List.of(),
                new ExperimentRecord.Measured(
                        1, 1, 500, "cpu", new Machine("17", "Linux", "amd64", "x", 2), Instant.ofEpochSecond(1)));
    }
}
