package org.ppflow.app.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ppflow.app.config.CellLink;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.app.config.ExperimentGrid;
import org.ppflow.app.config.GridCell;
import org.ppflow.app.config.GridReader;
import org.ppflow.app.record.ConfigIdentity;
import org.ppflow.app.record.ExperimentRecord;
import org.ppflow.app.record.Records;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.nn.errors.BadInputException;

/**
 * The experiment of a row: its config, and the records of it, one for each seed.
 *
 * @param config with one schedule
 * @param records that are of this config, by seed
 */
record RowRecords(ExperimentConfig config, List<Records.Known> records) {
    private static final String SEED = "seed";

    /**
     * Reads the config and finds its records.
     *
     * @param folder that paths are seen from
     * @throws BadInputException if the config is wrong, or a record of this row's name is of another config
     */
    static RowRecords of(TableSpec.Run run, Path folder, Records records) throws IOException {
        Path file = folder.resolve(run.config()).normalize();
        if (!Files.isRegularFile(file)) {
            throw BadInputException.at("config: " + run.config())
                    .found("no file " + file)
                    .expected("the config of the row's experiment; paths are seen from the table's file")
                    .build();
        }
        ExperimentGrid grid = GridReader.read(file, List.of());
        GridCell cell = cell(run, grid, overrides(run.point()));
        LevelSchedule schedule = schedule(run, cell.config(), file);
        List<Records.Known> found = new ArrayList<>();
        for (Records.Known known : records.known()) {
            ExperimentRecord record = known.record();
            if (!record.experiment().equals(grid.name())
                    || !record.row().equals(cell.row())
                    || !record.schedule().equals(schedule.name())
                    || !withoutSeed(record.point()).equals(withoutSeed(cell.point()))) {
                continue;
            }
            records.find(
                            record.experiment(),
                            record.row(),
                            record.point(),
                            record.schedule(),
                            identity(run, file, record.point()))
                    .ifPresent(found::add);
        }
        return new RowRecords(cell.config().withSchedule(schedule), found);
    }

    /** What the record of a row must be of, at the values that it has. */
    private static String identity(TableSpec.Run run, Path file, Map<String, String> point) throws IOException {
        ExperimentGrid grid = GridReader.read(file, overrides(point));
        GridCell cell = cell(run, grid, List.of());
        Optional<CellLink> link = CellLink.of(grid, cell, overrides(point));
        return ConfigIdentity.of(
                cell.config().withSchedule(schedule(run, cell.config(), file)),
                link.map(found -> found.cell().config()));
    }

    private static GridCell cell(TableSpec.Run run, ExperimentGrid grid, List<String> overrides) throws IOException {
        ExperimentGrid at = overrides.isEmpty() ? grid : GridReader.read(Path.of(grid.source()), overrides);
        String row = run.cell();
        List<GridCell> cells = at.row(row);
        List<Map<String, String>> points =
                cells.stream().map(one -> withoutSeed(one.point())).distinct().toList();
        if (points.size() > 1) {
            throw BadInputException.at("config: " + run.config() + (row.isEmpty() ? "" : ", cell: " + row))
                    .found("experiments at " + points)
                    .expected("one, but for the seed")
                    .advice("name it in the row: point: "
                            + points.get(0).toString().replace("=", ": "))
                    .build();
        }
        if (cells.isEmpty()) {
            throw BadInputException.at(grid.source())
                    .found("no cell '" + row + "'")
                    .expected("one of " + grid.rows())
                    .build();
        }
        return cells.get(0);
    }

    private static LevelSchedule schedule(TableSpec.Run run, ExperimentConfig config, Path file) {
        String name = run.schedule();
        return config.schedules().stream()
                .filter(one -> name.isEmpty()
                        ? config.schedules().size() == 1
                        : one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> BadInputException.at(file.toString())
                        .found("schedules "
                                + config.schedules().stream()
                                        .map(LevelSchedule::name)
                                        .toList())
                        .expected(
                                name.isEmpty()
                                        ? "one, or the key schedule in the table's row"
                                        : "'" + name + "' among them")
                        .build());
    }

    private static List<String> overrides(Map<String, String> point) {
        return point.entrySet().stream()
                .map(axis -> axis.getKey() + "=" + axis.getValue())
                .toList();
    }

    private static Map<String, String> withoutSeed(Map<String, String> point) {
        Map<String, String> rest = new LinkedHashMap<>(point);
        rest.remove(SEED);
        return rest;
    }
}
