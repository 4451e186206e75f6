package org.ppflow.app.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.app.config.ExperimentGrid;
import org.ppflow.app.config.GridCell;
import org.ppflow.app.record.ExperimentRecord;
import org.ppflow.app.record.Records;
import org.ppflow.app.table.Cell;
import org.ppflow.app.table.Table;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a grid would do, and what came out of it: an experiment a line. */
record GridReport(ExperimentGrid grid, List<GridCell> cells, RunOptions options) {
    private static final double TERA = 1e12;

    /** The plan with its cost. */
    void plan(List<Double> work) throws IOException {
        ArrayNode rows = JsonMapper.shared().createArrayNode();
        double all = work.stream().mapToDouble(Double::doubleValue).sum();
        options.tables()
                .printf(Locale.ROOT, "%-40s %-18s %12s %10s %8s%n", grid.name(), "models", "images", "TFLOPs", "share");
        for (int i = 0; i < cells.size(); i++) {
            ExperimentConfig config = cells.get(i).config();
            String models = String.join(
                    " ", config.schedules().stream().map(one -> one.name()).toList());
            options.tables()
                    .printf(
                            Locale.ROOT,
                            "%-40s %-18s %,12d %10.4g %6.1f %%%n",
                            cells.get(i).title(),
                            models,
                            config.training().images(),
                            work.get(i) / TERA,
                            100 * work.get(i) / all);
            ObjectNode row = rows.addObject();
            row.put("cell", cells.get(i).row());
            ObjectNode point = row.putObject("point");
            cells.get(i).point().forEach(point::put);
            row.put("models", models).put("images", config.training().images()).put("tflops", work.get(i) / TERA);
        }
        options.tables().flush();
        options.writeJson(rows.toPrettyString());
    }

    /** Records of the cells that ran, as one table. */
    void results(Records records) throws IOException {
        List<String> columns = new ArrayList<>();
        List<ExperimentRecord> found = new ArrayList<>();
        for (GridCell cell : cells) {
            for (Records.Known known : records.known()) {
                ExperimentRecord record = known.record();
                if (record.experiment().equals(grid.name())
                        && record.row().equals(cell.row())
                        && record.point().equals(cell.point())) {
                    found.add(record);
                    columns.add(cell.title() + (cell.config().schedules().size() > 1 ? ", " + record.schedule() : ""));
                }
            }
        }
        Map<String, List<@Nullable Cell>> metrics = new LinkedHashMap<>();
        found.forEach(record -> record.metrics().keySet().forEach(name -> metrics.put(name, new ArrayList<>())));
        metrics.forEach((name, values) -> found.forEach(record -> {
            Double value = record.metrics().get(name);
            values.add(value == null ? null : Cell.number(value, 4));
        }));
        List<Table.Row> rows = new ArrayList<>();
        metrics.forEach((name, values) -> rows.add(new Table.Row(name.replace('_', ' '), name, false, values)));
        Table table = new Table(grid.name(), columns, rows, List.of());
        options.tables().println(table.transposedText());
        options.tables().flush();
        options.writeJson(table.toJson());
    }
}
