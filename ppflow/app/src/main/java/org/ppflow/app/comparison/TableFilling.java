package org.ppflow.app.comparison;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.config.ConfigReader;
import org.ppflow.app.published.PublishedRow;
import org.ppflow.app.published.PublishedRows;
import org.ppflow.app.record.Records;

/** Fills a table from published rows, counts and records. */
public final class TableFilling {
    private static final int PUBLISHED_DIGITS = 2;
    private static final int LETTERS = 26;

    private final TableSpec spec;
    private final Path folder;
    private final Records records;
    private final PublishedRows published;
    private final DataAgreement data = new DataAgreement();
    private final Map<String, Map<String, List<Records.Known>>> used = new HashMap<>();

    private TableFilling(TableSpec spec, Path folder, Records records, PublishedRows published) {
        this.spec = spec;
        this.folder = folder;
        this.records = records;
        this.published = published;
    }

    /** Reads what a table shows. */
    public static TableSpec spec(Path file) throws IOException {
        return ConfigReader.parse(
                file.toString(),
                ConfigReader.text(file, "a table's file in YAML", "see configs/tables for some"),
                TableSpec.class);
    }

    /**
     * Fills a table.
     *
     * @param folder that its paths are seen from
     * @throws org.ppflow.nn.errors.BadInputException if a config is wrong, or a record is not of the row that it would fill
     */
    public static Filled fill(TableSpec spec, Path folder, Records records, PublishedRows published)
            throws IOException {
        return new TableFilling(spec, folder, records, published).fill();
    }

    private Filled fill() throws IOException {
        List<Filled.Block> blocks = new ArrayList<>();
        for (TableSpec.Block block : spec.blocks()) {
            blocks.add(block(block));
        }
        List<String> footnotes = new ArrayList<>();
        spec.footnotes().forEach(note -> footnotes.add(note.text()));
        List<String> notes = new ArrayList<>(spec.notes());
        if (used.values().stream().anyMatch(rows -> rows.values().stream().anyMatch(found -> found.size() > 1))) {
            notes.add("a ± b (n): mean and standard deviation over n seeds; a number alone is of one seed.");
            if (!spec.claims().isEmpty()) {
                notes.add(
                        "Claims of several seeds go seed by seed, since the rows of a seed share noise, data and feature"
                                + " network: the mean difference counts where it is more than twice its standard error.");
            }
        }
        commits(blocks)
                .forEach((commit, count) -> notes.add(count + (count == 1 ? " record" : " records") + " of code at "
                        + commit + (commit.endsWith("+") ? ", with changes that are not committed" : "")));
        return new Filled(
                spec.title(), spec.source(), blocks, new Claims(spec, published, used).sentences(), footnotes, notes);
    }

    private static Map<String, Integer> commits(List<Filled.Block> blocks) {
        Map<String, String> records = new TreeMap<>();
        blocks.forEach(block -> block.lines().forEach(line -> records.putAll(line.records())));
        Map<String, Integer> commits = new TreeMap<>();
        records.values().forEach(commit -> commits.merge(commit, 1, Integer::sum));
        return commits;
    }

    private Filled.Block block(TableSpec.Block block) throws IOException {
        requireMetrics(block);
        List<String> columns = block.columns();
        List<String> headings = new ArrayList<>();
        block.costs().forEach(cost -> headings.add(cost.heading()));
        block.metrics().forEach((name, heading) -> headings.add(heading + (Metric.lowerIsBetter(name) ? " ↓" : " ↑")));
        List<Filled.Line> lines = new ArrayList<>();
        for (TableSpec.Row row : spec.rows()) {
            if (block.kind() == TableSpec.Kind.FULL && !row.published().isEmpty()) {
                lines.add(paper(block, row, columns, published.find(row.published(), row.publishedPlace())));
            }
            TableSpec.Run run = row.runs().get(block.name());
            if (run != null || block.kind() == TableSpec.Kind.FULL) {
                lines.add(ours(block, row, run));
            }
        }
        return new Filled.Block(block.name(), columns, headings, lines);
    }

    /** Of its columns, and of what is claimed of it. */
    private void requireMetrics(TableSpec.Block block) {
        Set<String> others = records.known().stream()
                .flatMap(known -> known.record().metrics().keySet().stream())
                .collect(Collectors.toSet());
        String where = "'" + spec.title() + "', block '" + block.name() + "', ";
        block.metrics().keySet().forEach(name -> Metric.require(name, where + "metrics", others));
        for (TableSpec.Claim claim : spec.claims()) {
            String name = claim.metric().get(block.name());
            if (name != null) {
                Metric.require(name, where + "claim '" + claim.text() + "'", others);
            }
        }
    }

    private Filled.Line paper(TableSpec.Block block, TableSpec.Row row, List<String> columns, PublishedRow numbers) {
        List<Filled.Cell> cells = new ArrayList<>();
        for (TableSpec.Cost cost : block.costs()) {
            Double value = numbers.costs().get(publishedCost(cost));
            cells.add(value == null ? Filled.Cell.missing("–") : Filled.Cell.of(value, 1));
        }
        for (String name : block.metrics().keySet()) {
            Double value = numbers.metrics().get(name);
            cells.add(value == null ? Filled.Cell.missing("–") : Filled.Cell.of(value, PUBLISHED_DIGITS));
        }
        for (int i = 0; i < spec.footnotes().size(); i++) {
            TableSpec.Footnote note = spec.footnotes().get(i);
            int at = columns.indexOf(note.column());
            if (note.row().equals(row.name()) && at >= 0) {
                cells.set(at, cells.get(at).withFootnote(letter(i)));
            }
        }
        return new Filled.Line(row.name(), Filled.Origin.PAPER, cells, Map.of());
    }

    /** The paper counts training by packed rows, see {@link TableSpec.Cost#PACKED_TRAINING_FLOPS}. */
    private static String publishedCost(TableSpec.Cost cost) {
        return switch (cost) {
            case TRAINING_FLOPS -> "none";
            case PACKED_TRAINING_FLOPS -> "training_flops";
            case SAMPLING_FLOPS -> "sampling_flops";
        };
    }

    /** {@code a} to {@code z}, then {@code aa}, {@code ab} and so on. */
    static String letter(int index) {
        String last = Character.toString((char) ('a' + index % LETTERS));
        return index < LETTERS ? last : letter(index / LETTERS - 1) + last;
    }

    private Filled.Line ours(TableSpec.Block block, TableSpec.Row row, TableSpec.@Nullable Run run) throws IOException {
        Filled.Origin origin = block.kind() == TableSpec.Kind.FULL ? Filled.Origin.OURS : Filled.Origin.SCALED;
        List<Filled.Cell> cells = new ArrayList<>();
        if (run == null) {
            block.costs().forEach(cost -> cells.add(Filled.Cell.missing("–")));
            block.metrics().forEach((name, heading) -> cells.add(Filled.Cell.missing(Filled.NOT_RUN)));
            return new Filled.Line(row.name(), origin, cells, Map.of());
        }
        RowRecords found = RowRecords.of(run, folder, records);
        for (TableSpec.Cost cost : block.costs()) {
            cells.add(Filled.Cell.of(CountedCost.percent(cost, found.config(), block.baselineImages()), 1));
        }
        for (Records.Known known : found.records()) {
            data.require(known);
        }
        used.computeIfAbsent(block.name(), unused -> new HashMap<>()).put(row.name(), found.records());
        for (String name : block.metrics().keySet()) {
            cells.add(SeedMean.of(found.records(), name)
                    .map(mean -> mean.cell(Metric.digits(name)))
                    .orElse(Filled.Cell.missing(Filled.NOT_RUN)));
        }
        Map<String, String> files = new TreeMap<>();
        found.records()
                .forEach(known -> files.put(
                        known.file().getFileName().toString(), known.record().commit()));
        return new Filled.Line(row.name(), origin, cells, files);
    }
}
