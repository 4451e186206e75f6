package org.ppflow.app.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.table.Cell;
import org.ppflow.app.table.Table;

/** The models of several runs in one table. */
final class Overview {
    /**
     * Ratios are against the first model of each run, so they do not compare runs; the others are in each run's own table. Levels are told of runs without a table too.
     */
    private static final Set<String> LEFT_OUT = Set.of(
            "levels",
            "flops_of_levels",
            "training_images_per_s",
            "training_speed_ratio",
            "training_speed_ratio_by_flops",
            "training_flops_share_of_sit",
            "sampling_seconds",
            "samples_per_s",
            "sampling_speed_ratio",
            "sampling_speed_ratio_by_flops",
            "sampling_flops_share_of_sit",
            "nfe");

    private Overview() {}

    /** A column for each model, {@code RUN, MODEL}; a model that has no results yet has empty cells. */
    static Table of(List<RunReport> runs) {
        Map<String, String> names = new LinkedHashMap<>();
        Map<String, Boolean> timings = new LinkedHashMap<>();
        for (RunReport run : runs) {
            run.table().present().stream()
                    .flatMap(table -> table.rows().stream())
                    .forEach(row -> {
                        if (!LEFT_OUT.contains(row.key())) {
                            names.putIfAbsent(row.key(), row.name().strip());
                            timings.putIfAbsent(row.key(), row.timing());
                        }
                    });
        }
        List<String> columns = new ArrayList<>();
        Map<String, List<@Nullable Cell>> cells = new LinkedHashMap<>();
        names.keySet().forEach(key -> cells.put(key, new ArrayList<>()));
        for (RunReport run : runs) {
            for (ModelReport model : run.models()) {
                columns.add(run.name() + ", " + model.name());
                cells.forEach((key, line) -> line.add(cell(run.table().present(), key, model.name())));
            }
        }
        List<Table.Row> rows = new ArrayList<>();
        List<@Nullable Cell> levels = new ArrayList<>();
        runs.forEach(run -> run.models().forEach(model -> levels.add(levels(model))));
        rows.add(new Table.Row("levels", "levels", false, levels));
        cells.forEach((key, line) ->
                rows.add(new Table.Row(names.getOrDefault(key, key), key, timings.getOrDefault(key, false), line)));
        return new Table("Overview", columns, rows, List.of());
    }

    /** {@code 4x4 to 0.5, 2x2}: of a run without results too. */
    private static Cell levels(ModelReport model) {
        return Cell.text(model.levels().stream()
                .map(level -> level.end() < 1 ? level.patch() + " to " + level.end() : level.patch())
                .collect(Collectors.joining(", ")));
    }

    private static @Nullable Cell cell(Optional<Table> table, String key, String model) {
        if (table.isEmpty()) {
            return null;
        }
        int column = table.get().columns().indexOf(model);
        if (column < 0) {
            return null;
        }
        for (Table.Row row : table.get().rows()) {
            if (row.key().equals(key)) {
                return row.cells().get(column);
            }
        }
        return null;
    }
}
