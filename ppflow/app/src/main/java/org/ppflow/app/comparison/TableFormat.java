package org.ppflow.app.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How a filled table is written. The same table gives the same bytes. */
public enum TableFormat {
    /** For a screen: columns aligned. */
    TEXT {
        @Override
        public String write(Filled table) {
            StringBuilder text = new StringBuilder(table.title()).append('\n');
            if (!table.source().isEmpty()) {
                text.append("paper: ").append(table.source()).append('\n');
            }
            for (Filled.Block block : table.blocks()) {
                text.append('\n').append(block.name()).append('\n').append(aligned(lines(block)));
            }
            remarks(table).forEach(remark -> text.append('\n').append(remark));
            return text.append('\n').toString();
        }
    },
    /** For a page in Markdown. */
    MARKDOWN {
        @Override
        public String write(Filled table) {
            StringBuilder text = new StringBuilder("## ").append(table.title()).append('\n');
            if (!table.source().isEmpty()) {
                text.append("\npaper: ").append(table.source()).append('\n');
            }
            for (Filled.Block block : table.blocks()) {
                text.append("\n### ").append(block.name()).append("\n\n");
                List<List<String>> lines = lines(block);
                for (int i = 0; i < lines.size(); i++) {
                    text.append("| ")
                            .append(lines.get(i).stream()
                                    .map(cell -> cell.replace("|", "\\|"))
                                    .collect(Collectors.joining(" | ")))
                            .append(" |\n");
                    if (i == 0) {
                        text.append("|---|---|")
                                .append("---:|".repeat(block.headings().size()))
                                .append('\n');
                    }
                }
            }
            remarks(table).forEach(remark -> text.append("\n- ").append(oneLine(remark)));
            return text.append('\n').toString();
        }
    },
    /** One line a number: block, row, origin, column, value, spread, seeds, records. */
    CSV {
        @Override
        public String write(Filled table) {
            StringBuilder text = new StringBuilder("block,row,origin,column,value,spread,seeds,records\n");
            for (Filled.Block block : table.blocks()) {
                for (Filled.Line line : block.lines()) {
                    for (int i = 0; i < line.cells().size(); i++) {
                        Filled.Cell cell = line.cells().get(i);
                        boolean measured = cell.seeds() > 0;
                        text.append(String.join(
                                        ",",
                                        quoted(block.name()),
                                        quoted(line.row()),
                                        quoted(line.origin().text()),
                                        quoted(block.columns().get(i)),
                                        cell.value() == null
                                                ? cell.missing()
                                                : cell.value().toString(),
                                        cell.spread() == null
                                                ? ""
                                                : cell.spread().toString(),
                                        measured ? Integer.toString(cell.seeds()) : "",
                                        measured
                                                ? quoted(String.join(
                                                        " ", line.records().keySet()))
                                                : ""))
                                .append('\n');
                    }
                }
            }
            return text.toString();
        }
    },
    /** For a paper: {@code booktabs} tables, a block each. */
    LATEX {
        @Override
        public String write(Filled table) {
            StringBuilder text = new StringBuilder();
            for (Filled.Block block : table.blocks()) {
                text.append("% ")
                        .append(oneLine(table.title()))
                        .append("; ")
                        .append(oneLine(block.name()))
                        .append('\n');
                text.append("\\begin{tabular}{ll")
                        .append("r".repeat(block.headings().size()))
                        .append("}\n\\toprule\n");
                List<List<String>> lines = lines(block);
                for (int i = 0; i < lines.size(); i++) {
                    text.append(lines.get(i).stream().map(TableFormat::latex).collect(Collectors.joining(" & ")))
                            .append(" \\\\\n")
                            .append(i == 0 ? "\\midrule\n" : "");
                }
                text.append("\\bottomrule\n\\end{tabular}\n");
            }
            // A line break would end the comment.
            remarks(table)
                    .forEach(remark -> text.append("% ").append(oneLine(remark)).append('\n'));
            return text.toString();
        }
    },
    /** For machines: numbers in full, null where there is none, records and commits of every line. */
    JSON {
        @Override
        public String write(Filled table) {
            ObjectNode root = MAPPER.createObjectNode();
            root.put("title", table.title()).put("source", table.source());
            ArrayNode blocks = root.putArray("blocks");
            for (Filled.Block block : table.blocks()) {
                ObjectNode blockNode = blocks.addObject().put("name", block.name());
                ArrayNode rows = blockNode.putArray("rows");
                for (Filled.Line line : block.lines()) {
                    ObjectNode row = rows.addObject()
                            .put("row", line.row())
                            .put("origin", line.origin().text());
                    ObjectNode values = row.putObject("values");
                    ObjectNode spreads = row.putObject("spreads");
                    int seeds = 0;
                    for (int i = 0; i < line.cells().size(); i++) {
                        Filled.Cell cell = line.cells().get(i);
                        values.put(block.columns().get(i), cell.value());
                        if (cell.spread() != null) {
                            spreads.put(block.columns().get(i), cell.spread());
                        }
                        seeds = Math.max(seeds, cell.seeds());
                    }
                    row.put("seeds", seeds);
                    ObjectNode files = row.putObject("records");
                    line.records().forEach(files::put);
                }
            }
            table.claims().forEach(root.putArray("claims")::add);
            table.footnotes().forEach(root.putArray("footnotes")::add);
            table.notes().forEach(root.putArray("notes")::add);
            return MAPPER.writeValueAsString(root).replace("\r\n", "\n") + "\n";
        }
    };

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** What LaTeX reads as more than itself, or lacks; a backslash goes before all that is not in {@link #LATEX_WRITTEN}. */
    private static final Pattern LATEX_SPECIAL = Pattern.compile("[%&_#${}\\\\~^±×↓↑–]");

    private static final Map<String, String> LATEX_WRITTEN = Map.of(
            "\\",
            "\\textbackslash{}",
            "~",
            "\\textasciitilde{}",
            "^",
            "\\textasciicircum{}",
            "±",
            "$\\pm$",
            "×",
            "$\\times$",
            "↓",
            "$\\downarrow$",
            "↑",
            "$\\uparrow$",
            "–",
            "--");

    /** The table as text, ended by a line break. */
    public abstract String write(Filled table);

    /** Head and lines; a row's name stands on its first line alone. */
    private static List<List<String>> lines(Filled.Block block) {
        List<List<String>> lines = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("model", "numbers"));
        head.addAll(block.headings());
        lines.add(head);
        String before = "";
        for (Filled.Line line : block.lines()) {
            List<String> cells = new ArrayList<>(List.of(
                    line.row().equals(before) ? "" : line.row(), line.origin().text()));
            line.cells()
                    .forEach(cell ->
                            cells.add(cell.text() + (cell.footnote().isEmpty() ? "" : " [" + cell.footnote() + "]")));
            lines.add(cells);
            before = line.row();
        }
        return lines;
    }

    private static List<String> remarks(Filled table) {
        List<String> remarks = new ArrayList<>(table.claims());
        for (int i = 0; i < table.footnotes().size(); i++) {
            remarks.add("[" + TableFilling.letter(i) + "] " + table.footnotes().get(i));
        }
        remarks.addAll(table.notes());
        return remarks;
    }

    private static String aligned(List<List<String>> lines) {
        int columns = lines.get(0).size();
        int[] widths = new int[columns];
        for (List<String> line : lines) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < lines.size(); at++) {
            StringBuilder one = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                String cell = lines.get(at).get(i);
                String blanks = " ".repeat(widths[i] - cell.length());
                one.append(i == 0 ? "" : "  ").append(i < 2 ? cell + blanks : blanks + cell);
            }
            text.append(one.toString().stripTrailing()).append('\n');
            if (at == 0) {
                text.append("-".repeat(one.length())).append('\n');
            }
        }
        return text.toString();
    }

    private static String quoted(String text) {
        return text.matches("[^,\"\\r\\n]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    private static String latex(String text) {
        return LATEX_SPECIAL
                .matcher(oneLine(text))
                .replaceAll(found ->
                        Matcher.quoteReplacement(LATEX_WRITTEN.getOrDefault(found.group(), "\\" + found.group())));
    }
}
