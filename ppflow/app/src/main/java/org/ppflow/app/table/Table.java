package org.ppflow.app.table;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A table with one quantity a row and one model a column. The same content gives the same bytes.
 *
 * @param title what it shows
 * @param columns names of the models
 * @param rows quantities
 * @param footnotes below it
 * @param cautions what disturbed a measurement or else makes a number doubtful, a sentence each without a capital; like timings they differ between two equal runs
 */
public record Table(String title, List<String> columns, List<Row> rows, List<String> footnotes, List<String> cautions) {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /**
     * One quantity.
     *
     * @param name short, as the term that the report explains
     * @param key in JSON
     * @param timing whether it follows from the clock, so that it differs between two equal runs
     * @param cells one a column; null where nothing was measured
     */
    public record Row(String name, String key, boolean timing, List<@Nullable Cell> cells) {
        public Row {
            cells = java.util.Collections.unmodifiableList(new ArrayList<>(cells));
        }

        /** Text of a column. */
        public String text(int column) {
            Cell cell = cells.get(column);
            return cell == null ? "not measured" : cell.text();
        }
    }

    /** Where nothing was disturbed. */
    public Table(String title, List<String> columns, List<Row> rows, List<String> footnotes) {
        this(title, columns, rows, footnotes, List.of());
    }

    public Table {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        footnotes = List.copyOf(footnotes);
        cautions = List.copyOf(cautions);
        for (Row row : rows) {
            if (row.cells().size() != columns.size()) {
                throw new IllegalArgumentException("row " + row.name() + " has "
                        + row.cells().size() + " cells for " + columns.size() + " columns");
            }
        }
    }

    /** The same without what follows from the clock: equal for two equal runs. */
    public Table withoutTimings() {
        return new Table(
                title, columns, rows.stream().filter(row -> !row.timing()).toList(), footnotes);
    }

    /** What stands below the table: footnotes, then cautions as sentences. */
    public List<String> remarks() {
        return Stream.concat(footnotes.stream(), cautions.stream().map(caution -> "Caution: " + caution + "."))
                .toList();
    }

    /** For a screen: columns aligned. */
    public String toText() {
        return aligned(lines());
    }

    /** For a screen: a model a line, for many models. */
    public String transposedText() {
        List<List<String>> lines = lines();
        List<List<String>> turned = new ArrayList<>();
        for (int i = 0; i <= columns.size(); i++) {
            int column = i;
            turned.add(lines.stream().map(line -> line.get(column)).toList());
        }
        return aligned(turned);
    }

    private String aligned(List<List<String>> lines) {
        int[] widths = new int[lines.get(0).size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder(title).append("\n\n");
        for (int line = 0; line < lines.size(); line++) {
            text.append(pad(lines.get(line).get(0), widths[0], false));
            for (int i = 1; i < widths.length; i++) {
                text.append("  ").append(pad(lines.get(line).get(i), widths[i], true));
            }
            text.append("\n");
            if (line == 0) {
                int all = 0;
                for (int width : widths) {
                    all += width + 2;
                }
                text.append("-".repeat(all - 2)).append("\n");
            }
        }
        remarks().forEach(note -> text.append("\n").append(note));
        return text.append(remarks().isEmpty() ? "" : "\n").toString();
    }

    /** For a page in Markdown. */
    public String toMarkdown() {
        StringBuilder text = new StringBuilder("## ").append(title).append("\n\n");
        List<List<String>> lines = lines();
        for (int line = 0; line < lines.size(); line++) {
            text.append("| ")
                    .append(String.join(
                            " | ",
                            lines.get(line).stream()
                                    .map(cell -> cell.replace("|", "\\|"))
                                    .toList()))
                    .append(" |\n");
            if (line == 0) {
                text.append("|---|").append("---:|".repeat(columns.size())).append("\n");
            }
        }
        remarks().forEach(note -> text.append("\n").append(note).append("\n"));
        return text.toString();
    }

    /** For machines: numbers in full, null where nothing was measured; beside a number that does not hold {@code KEY_disturbed} is true. */
    public String toJson() {
        ObjectNode root = JSON.createObjectNode();
        root.put("title", title);
        ArrayNode models = root.putArray("rows");
        for (int column = 0; column < columns.size(); column++) {
            ObjectNode model = models.addObject();
            model.put("model", columns.get(column));
            for (Row row : rows) {
                Cell cell = row.cells().get(column);
                if (cell != null && cell.value() == null) {
                    model.put(row.key(), cell.text());
                } else {
                    model.put(row.key(), cell == null ? null : cell.value());
                }
                if (cell != null && cell.disturbed()) {
                    model.put(row.key() + "_disturbed", true);
                }
            }
        }
        footnotes.forEach(root.putArray("footnotes")::add);
        if (!cautions.isEmpty()) {
            cautions.forEach(root.putArray("cautions")::add);
        }
        return JSON.writeValueAsString(root) + "\n";
    }

    private List<List<String>> lines() {
        List<List<String>> lines = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of(""));
        head.addAll(columns);
        lines.add(head);
        for (Row row : rows) {
            List<String> line = new ArrayList<>(List.of(row.name()));
            for (int column = 0; column < columns.size(); column++) {
                line.add(row.text(column));
            }
            lines.add(line);
        }
        return lines;
    }

    private static String pad(String text, int width, boolean right) {
        String blanks = " ".repeat(width - text.length());
        return right ? blanks + text : text + blanks;
    }
}
