package org.ppflow.app.comparison;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a table shows, as a YAML file says it. Paths in it are seen from the file.
 *
 * @param title of the table
 * @param source where its published numbers stand; empty where it has none
 * @param records folders of records
 * @param blocks groups of columns that belong together, in order: numbers of two feature networks never stand in one
 * @param rows in order
 * @param claims that are compared with what was measured
 * @param footnotes on single cells
 * @param notes on the whole
 */
public record TableSpec(
        String title,
        String source,
        List<String> records,
        List<Block> blocks,
        List<Row> rows,
        List<Claim> claims,
        List<Footnote> footnotes,
        List<String> notes) {
    /**
     * Columns that belong together.
     *
     * @param name that rows refer to it by
     * @param kind whose numbers stand here beside published ones
     * @param baselineImages images that a SiT of the same size is trained on where the cost of training is 100 %
     * @param costs columns of cost
     * @param metrics columns of metrics: heading by name of the metric
     */
    public record Block(String name, Kind kind, long baselineImages, List<Cost> costs, Map<String, String> metrics) {
        public Block {
            name = given(name, "name");
            kind = given(kind, "kind");
            metrics = given(metrics, "metrics");
            costs = List.copyOf(Objects.requireNonNullElse(costs, List.of()));
            metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
            if (baselineImages < 1) {
                throw new IllegalArgumentException("baseline_images: " + baselineImages + " must be at least 1");
            }
            if (metrics.isEmpty()) {
                throw new IllegalArgumentException("metrics: {} must have at least one");
            }
        }

        /** Names of its columns for machines: costs in lower case, then metrics. */
        List<String> columns() {
            List<String> columns = new ArrayList<>();
            costs.forEach(cost -> columns.add(cost.name().toLowerCase(Locale.ROOT)));
            columns.addAll(metrics.keySet());
            return columns;
        }
    }

    /** Whose experiments fill a block. */
    public enum Kind {
        /** As published, at the same size: published numbers stand in the same block. */
        @JsonProperty("full")
        FULL,
        /** Scaled down: other data, other network, so numbers stand alone. */
        @JsonProperty("scaled")
        SCALED
    }

    /** A column that is counted, never measured. */
    public enum Cost {
        /** Images times mean operations of an image, percent of a SiT's. */
        @JsonProperty("training_flops")
        TRAINING_FLOPS("training FLOPs %"),
        /** The same, counted as the paper does: images are packed into rows of full length, and a row costs what one image of a SiT does. */
        @JsonProperty("packed_training_flops")
        PACKED_TRAINING_FLOPS("training FLOPs %, packed rows"),
        /** Mean operations of a pass over t, percent of a SiT's. */
        @JsonProperty("sampling_flops")
        SAMPLING_FLOPS("sampling FLOPs %");

        private final String heading;

        Cost(String heading) {
            this.heading = heading;
        }

        /** As tables have it. */
        public String heading() {
            return heading;
        }
    }

    /**
     * A model.
     *
     * @param name as the table has it
     * @param published name of its row among the published numbers; empty where there is none
     * @param runs experiment by name of block
     */
    public record Row(String name, String published, Map<String, Run> runs) {
        public Row {
            name = given(name, "name");
            published = Objects.requireNonNullElse(published, "");
            runs = Collections.unmodifiableMap(new LinkedHashMap<>(Objects.requireNonNullElse(runs, Map.of())));
        }

        /** Where the name of its published numbers stands, for messages. */
        String publishedPlace() {
            return "row '" + name + "', published: " + published;
        }
    }

    /**
     * An experiment.
     *
     * @param config its file
     * @param cell of the file, where it has cells
     * @param schedule of its models; empty where it has one alone
     * @param point values of the axes of its grid, but for the seed, over which means are taken
     */
    public record Run(String config, String cell, String schedule, Map<String, String> point) {
        public Run {
            config = given(config, "config");
            cell = Objects.requireNonNullElse(cell, "");
            schedule = Objects.requireNonNullElse(schedule, "");
            point = Map.copyOf(Objects.requireNonNullElse(point, Map.of()));
        }
    }

    /**
     * What is said of two rows.
     *
     * @param text in which respect: {@code at equal images}
     * @param better row that is
     * @param than row that it is better than
     * @param metric of each block, by its name; its first where there is none
     */
    public record Claim(String text, String better, String than, Map<String, String> metric) {
        public Claim {
            text = given(text, "text");
            better = given(better, "better");
            than = given(than, "than");
            metric = Map.copyOf(Objects.requireNonNullElse(metric, Map.of()));
        }
    }

    /**
     * A remark on a published number.
     *
     * @param row it stands in
     * @param column name of the metric, or of the cost in lower case
     * @param text below the table
     */
    public record Footnote(String row, String column, String text) {
        public Footnote {
            row = given(row, "row");
            column = given(column, "column");
            text = given(text, "text");
        }
    }

    public TableSpec {
        // A key that is left out arrives as null.
        title = Objects.requireNonNullElse(title, "");
        records = List.copyOf(Objects.requireNonNullElse(records, List.of()));
        blocks = List.copyOf(Objects.requireNonNullElse(blocks, List.of()));
        rows = List.copyOf(Objects.requireNonNullElse(rows, List.of()));
        require(
                !title.isBlank(),
                "title",
                "'' must be there: a table's file has title, blocks and rows, as those in configs/tables");
        source = Objects.requireNonNullElse(source, "");
        claims = List.copyOf(Objects.requireNonNullElse(claims, List.of()));
        footnotes = List.copyOf(Objects.requireNonNullElse(footnotes, List.of()));
        notes = List.copyOf(Objects.requireNonNullElse(notes, List.of()));
        Set<String> blockNames = blocks.stream().map(Block::name).collect(Collectors.toSet());
        Set<String> rowNames = rows.stream().map(Row::name).collect(Collectors.toSet());
        require(blockNames.size() == blocks.size() && !blocks.isEmpty(), "blocks", "must have names that differ");
        require(rowNames.size() == rows.size() && !rows.isEmpty(), "rows", "must have names that differ");
        for (int i = 0; i < rows.size(); i++) {
            for (String block : rows.get(i).runs().keySet()) {
                require(
                        blockNames.contains(block),
                        "rows[" + i + "].runs",
                        "'" + block + "' is none of the blocks " + blockNames);
            }
        }
        for (int i = 0; i < claims.size(); i++) {
            for (String row : List.of(claims.get(i).better(), claims.get(i).than())) {
                require(rowNames.contains(row), "claims[" + i + "]", "'" + row + "' is none of the rows");
            }
            for (String block : claims.get(i).metric().keySet()) {
                require(
                        blockNames.contains(block),
                        "claims[" + i + "].metric",
                        "'" + block + "' is none of the blocks " + blockNames);
            }
        }
        Set<String> published = rows.stream()
                .filter(row -> !row.published().isEmpty())
                .map(Row::name)
                .collect(Collectors.toSet());
        Set<String> columns = blocks.stream()
                .filter(block -> block.kind() == Kind.FULL)
                .flatMap(block -> block.columns().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        for (int i = 0; i < footnotes.size(); i++) {
            Footnote note = footnotes.get(i);
            require(
                    rowNames.contains(note.row()),
                    "footnotes[" + i + "].row",
                    "'" + note.row() + "' is none of the rows");
            require(
                    published.contains(note.row()),
                    "footnotes[" + i + "].row",
                    "'" + note.row() + "' has no published numbers to remark on");
            require(
                    columns.contains(note.column()),
                    "footnotes[" + i + "].column",
                    "'" + note.column() + "' is none of the columns " + columns + " that have published numbers");
        }
    }

    /** A key that is left out arrives as null. */
    private static <T> T given(@Nullable T value, String key) {
        if (value == null) {
            throw new IllegalArgumentException(key + ": nothing; it must be there");
        }
        return value;
    }

    private static void require(boolean holds, String path, String message) {
        if (!holds) {
            throw new IllegalArgumentException(path + ": " + message);
        }
    }

    /** The row of a name. */
    public Row row(String name) {
        return rows.stream().filter(row -> row.name().equals(name)).findFirst().orElseThrow();
    }
}
