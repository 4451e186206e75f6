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
import org.ppflow.app.console.Program;
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
    private static final double GIGA = 1e9;

    /** What fits beside each other on a screen, in order. */
    private static final Map<String, String> HEADLINES = headlines();

    private static Map<String, String> headlines() {
        Map<String, String> headlines = new LinkedHashMap<>();
        headlines.put("fid", "FID");
        headlines.put("sfid", "sFID");
        headlines.put("inception_score", "IS");
        headlines.put("precision", "precision");
        headlines.put("recall", "recall");
        headlines.put("classifier_fd", "classifier-FD");
        headlines.put("classifier_precision", "precision");
        headlines.put("classifier_recall", "recall");
        headlines.put("label_agreement", "label agreement");
        return headlines;
    }

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
                        && record.point().equals(cell.point())
                        && cell.config().schedules().stream()
                                .anyMatch(schedule -> schedule.name().equals(record.schedule()))) {
                    found.add(record);
                    columns.add(cell.title() + (cell.config().schedules().size() > 1 ? ", " + record.schedule() : ""));
                }
            }
        }
        List<Table.Row> rows = new ArrayList<>();
        rows.add(row(
                found,
                "images",
                "training_images",
                record ->
                        new Cell(String.format(Locale.ROOT, "%,d", record.cost().trainingImages()), (double)
                                record.cost().trainingImages())));
        rows.add(row(
                found,
                "training",
                "training_seconds",
                record -> Cell.seconds(record.measured().trainingSeconds())));
        rows.add(row(
                found,
                "GFLOPs a sample",
                "gflops_per_sample",
                record -> Cell.number(record.cost().sampleFlops() / GIGA, 2)));
        HEADLINES.forEach((name, heading) -> {
            if (found.stream().anyMatch(record -> record.metrics().containsKey(name))) {
                rows.add(row(found, heading, name, record -> {
                    Double value = record.metrics().get(name);
                    return value == null ? null : Cell.number(value, value < 1 ? 3 : 2);
                }));
            }
        });
        Table table = new Table(grid.name(), columns, rows, List.of());
        options.tables().println(table.transposedText());
        options.tables()
                .println("All metrics are in the records, of which '" + Program.line("table", "FILE")
                        + "' makes tables.");
        options.tables().flush();
        options.writeJson(table.toJson());
    }

    /** A quantity of a record; null where it was not measured. */
    @FunctionalInterface
    private interface Quantity {
        @Nullable
        Cell of(ExperimentRecord record);
    }

    private static Table.Row row(List<ExperimentRecord> records, String name, String key, Quantity quantity) {
        List<@Nullable Cell> cells = new ArrayList<>();
        records.forEach(record -> cells.add(quantity.of(record)));
        return new Table.Row(name, key, false, cells);
    }
}
