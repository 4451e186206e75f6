package org.ppflow.app.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.provenance.GitState;
import org.ppflow.nn.provenance.Machine;
import org.ppflow.nn.provenance.Toolkit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class TableFillingTest {
    private static final String GRID = """
            name: small
            schedules: [sit]
            cells:
              SiT: {}
              PPF-2: {schedules: [ppf-2]}
              grown: {schedules: [ppf-2], training: {images: 12864}, init: {sit: "cell:SiT"}}
            grid: {seed: [0]}
            """;
    private static final String TABLE = """
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

    private Path records;

    @BeforeEach
    void files() throws IOException {
        Files.writeString(folder.resolve("small.yaml"), GRID);
        Files.writeString(folder.resolve("table.yaml"), TABLE);
        records = folder.resolve("records");
    }

    @Test
    void withoutRecords_everyCellOfOurs_isNotRun() throws IOException {
        Filled table = fill();
        assertThat(values(table, "full", "PPF-B-2", Filled.Origin.PAPER))
                .containsExactly("62.5", "–", "62.0", "4.12", "211.36");
        assertThat(values(table, "full", "PPF-B-2", Filled.Origin.OURS))
                .endsWith(Filled.NOT_RUN, Filled.NOT_RUN)
                .startsWith("62.5");
        assertThat(values(table, "full", "SiT-B/2", Filled.Origin.OURS))
                .startsWith("–")
                .endsWith(Filled.NOT_RUN);
        assertThat(values(table, "small", "grown", Filled.Origin.SCALED)).containsOnly(Filled.NOT_RUN);
        assertThat(table.claims())
                .containsExactly(
                        "At equal images, full: PPF-B-2 better than SiT-B/2? Paper: yes, FID 4.12 against 4.46. Ours: not run.",
                        "At equal images, small: PPF-B-2 better than SiT-B/2? Ours: not run.");
        assertThat(table.blocks().get(0).lines().get(2).cells().get(3).footnote())
                .isEqualTo("a");
    }

    @Test
    void costs_areCountedFromTheConfig() throws IOException {
        Filled.Line line = line(fill(), "full", "PPF-B-2", Filled.Origin.OURS);
        // By levels: half of the images have a quarter of the tokens.
        assertThat(value(line, 0)).isCloseTo(62.5, within(1e-12));
        double d = 128;
        double share = (cost(16, d) + cost(64, d)) / (2 * cost(64, d));
        assertThat(value(line, 1)).isCloseTo(100 * share, within(1e-9));
        assertThat(value(line, 2)).isCloseTo(100 * share, within(1e-9));
    }

    private static double value(Filled.Line line, int column) {
        return Optional.ofNullable(line.cells().get(column).value()).orElseThrow();
    }

    private static double cost(double tokens, double d) {
        return 24 * tokens * d * d + 4 * tokens * tokens * d;
    }

    @Test
    void records_fillTheirRows_meansOverSeeds() throws IOException {
        write("SiT", 0, 30);
        write("SiT", 1, 32);
        write("PPF-2", 0, 20);
        write("PPF-2", 1, 21);
        write("grown", 2, 25);
        Filled table = fill();
        assertThat(values(table, "small", "SiT-B/2", Filled.Origin.SCALED)).startsWith("31.00 ± 1.41 (2)");
        assertThat(values(table, "small", "PPF-B-2", Filled.Origin.SCALED)).startsWith("20.50 ± 0.71 (2)");
        assertThat(values(table, "small", "grown", Filled.Origin.SCALED)).startsWith("25.00");
        assertThat(table.claims().get(1))
                .endsWith("Ours: classifier-FD 20.50 ± 0.71 (2) against 31.00 ± 1.41 (2): yes.");
        assertThat(table.notes())
                .containsExactly(
                        "a ± b (n): mean and standard deviation over n seeds; a number alone is of one seed.",
                        "Claims of several seeds go seed by seed, since the rows of a seed share noise, data and feature"
                                + " network: the mean difference counts where it is more than twice its standard error.",
                        "5 records of code at aaaaaaaaaaaa+, with changes that are not committed");
    }

    @Test
    void aClaim_isHeldToTheSeedsThatBothRowsHave() throws IOException {
        write("SiT", 1, 32);
        write("PPF-2", 0, 10);
        assertThat(fill().claims().get(1)).endsWith("Ours: no seed that both were run with.");
        write("PPF-2", 1, 33);
        assertThat(fill().claims().get(1)).endsWith("Ours: classifier-FD 33.00 against 32.00: no, by one seed.");
    }

    @Test
    void aClaim_isComparedSeedBySeed_soThatWhatSeedsDifferInDoesNotHideIt() throws IOException {
        double[] base = {100, 140, 180};
        for (int seed = 0; seed < 3; seed++) {
            write("SiT", seed, base[seed]);
            write("PPF-2", seed, base[seed] - 10 - seed);
        }
        assertThat(fill().claims().get(1)).endsWith("129.00 ± 39.00 (3) against 140.00 ± 40.00 (3): yes.");
        write("PPF-2", 2, 200);
        assertThat(fill().claims().get(1)).endsWith("no difference beyond the spread of seeds.");
    }

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
    void latents_countByTheirFoldersName_whereverItLies() throws IOException {
        DataAgreement data = new DataAgreement();
        data.require(of("latents:/a/imagenet", "1"));
        data.require(of("latents:/b/imagenet", "1"));
        data.require(of("latents:/b/other", "2"));
        assertThatThrownBy(() -> data.require(of("latents:/c/imagenet/", "3")))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("latents:/c/imagenet:");
    }

    /** A record whose file is named after its source. */
    private static Records.Known of(String source, String data) {
        ObjectNode config = JsonMapper.shared().createObjectNode();
        config.putObject("data").put("source", source);
        return new Records.Known(
                Path.of(source), record("", Map.of(), "sit", "", config, null, 1, data.repeat(64)), "");
    }

    @Test
    void footnotes_goOnAfterTheAlphabet() {
        assertThat(Stream.of(0, 25, 26, 51, 52).map(TableFilling::letter)).containsExactly("a", "z", "aa", "az", "ba");
    }

    @Test
    void whatLatexReadsAsMore_isEscaped_andRemarksStayOnTheirLine() {
        Filled table = new Filled(
                "two\nlines",
                "",
                List.of(new Filled.Block(
                        "b",
                        List.of("fid"),
                        List.of("FID ↓"),
                        List.of(new Filled.Line(
                                "a_b {1.5×} \\ ~^ 5 % ± $",
                                Filled.Origin.OURS, List.of(Filled.Cell.of(1, 1)), Map.of())))),
                List.of(),
                List.of(),
                List.of("one\n  two\n"));
        assertThat(TableFormat.LATEX.write(table))
                .contains(
                        "a\\_b \\{1.5$\\times$\\} \\textbackslash{} \\textasciitilde{}\\textasciicircum{} 5 \\% $\\pm$ \\$ & ours")
                .contains("FID $\\downarrow$ \\\\\n")
                .startsWith("% two lines; b\n")
                .endsWith("% one two\n");
        assertThat(TableFormat.MARKDOWN.write(table)).endsWith("- one two\n");
    }

    /** Figures say that all rows start from the same noise. */
    @Test
    void samples_areOfASeedThatAllRowsHave() throws IOException {
        writeWithPictures("SiT", 1);
        for (int seed = 0; seed < 3; seed++) {
            writeWithPictures("PPF-2", seed);
        }
        assertThat(samples()).extracting(one -> one.record().seed()).containsExactly(1L, 1L);
        writeWithPictures("grown", 5);
        assertThat(samples()).extracting(one -> one.record().seed()).containsExactly(1L, 0L, 5L);
    }

    @Test
    void samplesOfOtherData_areRefusedByName() throws IOException {
        Path file = write("SiT", 0, 30, "0".repeat(64));
        assertThatThrownBy(this::samples).isInstanceOf(BadInputException.class).hasMessageContaining(file.toString());
    }

    private List<RowSamples> samples() throws IOException {
        return RowSamples.of(
                TableFilling.spec(folder.resolve("table.yaml")),
                TableSpec.Kind.SCALED,
                folder,
                Records.read(List.of(records)));
    }

    private void writeWithPictures(String row, int seed) throws IOException {
        ExperimentRecord plain = RecordFile.read(write(row, seed, 1));
        String name = plain.fileName() + ".png";
        Files.writeString(records.resolve(name), name);
        RecordFile.write(records, plain.withPictures(new ExperimentRecord.Pictures(name, Sha256.of(name), 1, 1)));
    }

    @Test
    void sameRecords_giveTheSameBytes_inEveryFormat_alsoInAnotherFolder() throws IOException {
        write("SiT", 0, 30);
        write("PPF-2", 0, 20);
        Path other = Files.createDirectories(folder.resolve("other"));
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(path -> !path.startsWith(other) && Files.isRegularFile(path))
                    .toList()) {
                Path target = other.resolve(folder.relativize(file));
                Files.createDirectories(target.resolveSibling(""));
                Files.copy(file, target);
            }
        }
        for (TableFormat format : TableFormat.values()) {
            String text = format.write(fill());
            assertThat(format.write(fill())).isEqualTo(text).endsWith("\n");
            assertThat(format.write(fill(other))).isEqualTo(text);
        }
        assertThat(TableFormat.CSV.write(fill()))
                .contains(
                        "small,SiT-B/2,\"ours, scaled down\",classifier_fd,30.0,,1,small.sit.seed-0.sit.record.json\n");
        assertThat(TableFormat.LATEX.write(fill())).contains("\\begin{tabular}{llrrrrr}", "4.12 [a] & 211.36 \\\\");
    }

    @Test
    void aRecordThatIsDeleted_turnsItsCellsAloneIntoNotRun() throws IOException {
        write("SiT", 0, 30);
        write("grown", 0, 25);
        Path gone = write("PPF-2", 0, 20);
        Filled before = fill();
        Files.delete(gone);
        Filled after = fill();
        for (int block = 0; block < 2; block++) {
            for (int i = 0; i < before.blocks().get(block).lines().size(); i++) {
                Filled.Line was = before.blocks().get(block).lines().get(i);
                Filled.Line is = after.blocks().get(block).lines().get(i);
                if (was.row().equals("PPF-B-2") && block == 1) {
                    assertThat(is.cells()).allMatch(cell -> cell.text().equals(Filled.NOT_RUN));
                } else if (!was.row().equals("PPF-B-2")) {
                    assertThat(is).isEqualTo(was);
                }
            }
        }
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

    @Test
    void mistakesInATable_areNamedWithTheirPlace() throws IOException {
        assertMistake(TABLE.replace("cell: grown", "cell: gone"), "no cell 'gone'");
        assertMistake(
                TABLE.replace("{small: {config: small.yaml, cell: SiT}}", "{smal: {config: small.yaml}}"),
                "table.yaml",
                "'smal' is none of the blocks");
        assertMistake(TABLE.replace("inception_score: IS", "inception_scor: IS"), "did you mean 'inception_score'");
        assertMistake(
                TABLE.replace("config: small.yaml, cell: grown", "config: smal.yaml, cell: grown"),
                "smal.yaml",
                "seen from the table's file");
        assertMistake("name: a run\nschedules: [sit]\n", "unknown key 'name'", "expected one of title");
        assertMistake("records: []\n", "title", "has title, blocks and rows");
        assertMistake(TABLE.replace("kind: full", "kind: ful"), "table.yaml:6", "'ful'");
        assertMistake(TABLE.replace("titel", "title").replace("title: T", "titel: T"), "did you mean 'title'");
        assertMistake(TABLE.replace("than: SiT-B/2}", "than: SiT}"), "claims[0]");
        assertMistake(
                TABLE.replace("published: SiT-B/2 7M", "published: SiT-B/2 8M"),
                "row 'SiT-B/2', published: SiT-B/2 8M");
        assertMistake(TABLE.replace("column: fid", "column: fd"), "footnotes[0].column", "'fd' is none of the columns");
        assertMistake(TABLE.replace("{row: PPF-B-2", "{row: grown"), "footnotes[0].row", "no published numbers");
        assertMistake(
                TABLE.replace("than: SiT-B/2}", "than: SiT-B/2, metric: {smal: fid}}"),
                "claims[0].metric",
                "'smal' is none of the blocks");
        assertMistake(
                TABLE.replace("than: SiT-B/2}", "than: SiT-B/2, metric: {full: fyd}}"),
                "claim 'At equal images'",
                "did you mean 'fid'");
        assertMistake(
                TABLE.replace("cell: grown", "cell: grown, point: {seed: '0'}"), "point: seed", "means are taken");
        assertMistake(
                TABLE.replace("cell: grown", "cell: grown, point: {training.images: '5'}"),
                "point: training.images",
                "no axis");
        assertMistake(
                TABLE.replace("kind: full", "costs: []").replace("costs: [p", "#"), "blocks[0].kind", "must be there");
        assertMistake(TABLE.replace("{config: small.yaml, cell: grown}", "{cell: grown}"), "config", "must be there");
        assertMistake(TABLE.replace(", column: fid", ""), "footnotes[0].column", "must be there");
    }

    private void assertMistake(String table, String... messages) throws IOException {
        Files.writeString(folder.resolve("table.yaml"), table);
        assertThatThrownBy(this::fill)
                .isInstanceOf(BadInputException.class)
                .message()
                .contains(messages);
    }

    private void assertRefused(Path file) {
        assertThatThrownBy(this::fill).isInstanceOf(BadInputException.class).hasMessageContaining(file.toString());
    }

    private Filled fill() throws IOException {
        return fill(folder);
    }

    private static Filled fill(Path at) throws IOException {
        return TableFilling.fill(
                TableFilling.spec(at.resolve("table.yaml")),
                at,
                Records.read(List.of(at.resolve("records"))),
                PublishedRows.shipped());
    }

    private static Filled.Line line(Filled table, String block, String row, Filled.Origin origin) {
        return table.blocks().stream()
                .filter(one -> one.name().equals(block))
                .flatMap(one -> one.lines().stream())
                .filter(line -> line.row().equals(row) && line.origin() == origin)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> values(Filled table, String block, String row, Filled.Origin origin) {
        return line(table, block, row, origin).cells().stream()
                .map(Filled.Cell::text)
                .toList();
    }

    private static String embedded() throws IOException {
        return PictureSources.open("mnist-t10k").sha256();
    }

    private Path write(String row, int seed, double value) throws IOException {
        return write(row, seed, value, embedded());
    }

    private Path write(String row, int seed, double value, String data) throws IOException {
        List<String> overrides = List.of("seed=" + seed);
        ExperimentGrid grid = GridReader.read(folder.resolve("small.yaml"), overrides);
        return write(grid, grid.row(row).get(0), overrides, value, data);
    }

    private Path write(ExperimentGrid grid, GridCell cell, List<String> overrides, double value, String data)
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

    private static ExperimentRecord record(
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
                new ExperimentRecord.Measured(
                        1, 1, 500, "cpu", new Machine("17", "Linux", "amd64", "x", 2), Instant.ofEpochSecond(1)));
    }
}
