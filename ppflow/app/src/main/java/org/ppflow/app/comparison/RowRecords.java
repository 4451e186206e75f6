package org.ppflow.app.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
     * Cells of a row at a point.
     *
     * @param grid that has them
     * @param cells one, or one for each seed
     * @param overrides that the grid was read with
     */
    private record Place(ExperimentGrid grid, List<GridCell> cells, List<String> overrides) {}

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
        requireAxes(run, grid);
        GridCell cell = cell(run, place(grid, run.cell(), run.point()));
        LevelSchedule schedule = schedule(run, cell.config(), grid);
        Set<Map<String, String>> points = new LinkedHashSet<>();
        for (Records.Known known : records.known()) {
            ExperimentRecord record = known.record();
            if (record.experiment().equals(grid.name())
                    && record.row().equals(cell.row())
                    && record.schedule().equals(schedule.name())
                    && withoutSeed(record.point()).equals(withoutSeed(cell.point()))) {
                points.add(record.point());
            }
        }
        List<Records.Known> found = new ArrayList<>();
        for (Map<String, String> point : points) {
            records.find(grid.name(), cell.row(), point, schedule.name(), identity(run, grid, point))
                    .ifPresent(found::add);
        }
        return new RowRecords(cell.config().withSchedule(schedule), found);
    }

    /** What the record of a row must be of, at the values that it has. */
    private static String identity(TableSpec.Run run, ExperimentGrid grid, Map<String, String> point)
            throws IOException {
        Place place = place(grid, run.cell(), point);
        GridCell cell = cell(run, place);
        Optional<CellLink> link = CellLink.of(place.grid(), cell, place.overrides());
        return ConfigIdentity.of(
                cell.config().withSchedule(schedule(run, cell.config(), grid)),
                link.map(found -> found.cell().config()));
    }

    /** A point that is none would change the costs that are counted, and no record could be of it. */
    private static void requireAxes(TableSpec.Run run, ExperimentGrid grid) {
        Set<String> axes = new TreeSet<>();
        grid.row(run.cell())
                .forEach(cell -> axes.addAll(withoutSeed(cell.point()).keySet()));
        for (String path : run.point().keySet()) {
            if (!axes.contains(path) && !grid.row(run.cell()).isEmpty()) {
                throw BadInputException.at("config: " + run.config() + ", point: " + path)
                        .found(
                                path.equals(SEED)
                                        ? "the seed, over which means are taken"
                                        : "no axis of " + grid.source())
                        .expected(axes.isEmpty() ? "no point: it has no axes but the seed" : "one of " + axes)
                        .build();
            }
        }
    }

    /** Where the file does not list a value, it is set, as {@code run --set} does. */
    private static Place place(ExperimentGrid grid, String row, Map<String, String> point) throws IOException {
        List<GridCell> listed = grid.row(row).stream()
                .filter(cell -> cell.point().entrySet().containsAll(point.entrySet()))
                .toList();
        if (!listed.isEmpty()) {
            return new Place(grid, listed, List.of());
        }
        List<String> overrides = point.entrySet().stream()
                .map(axis -> axis.getKey() + "=" + axis.getValue())
                .toList();
        ExperimentGrid set = GridReader.read(Path.of(grid.source()), overrides);
        return new Place(set, set.row(row), overrides);
    }

    private static GridCell cell(TableSpec.Run run, Place place) {
        List<Map<String, String>> points = place.cells().stream()
                .map(one -> withoutSeed(one.point()))
                .distinct()
                .toList();
        if (points.size() > 1) {
            throw BadInputException.at(
                            "config: " + run.config() + (run.cell().isEmpty() ? "" : ", cell: " + run.cell()))
                    .found("experiments at " + points)
                    .expected("one, but for the seed")
                    .advice("name it in the row: point: "
                            + points.get(0).toString().replace("=", ": "))
                    .build();
        }
        if (place.cells().isEmpty()) {
            throw BadInputException.at(place.grid().source())
                    .found("no cell '" + run.cell() + "'")
                    .expected("one of " + place.grid().rows())
                    .build();
        }
        return place.cells().get(0);
    }

    private static LevelSchedule schedule(TableSpec.Run run, ExperimentConfig config, ExperimentGrid grid) {
        String name = run.schedule();
        return config.schedules().stream()
                .filter(one -> name.isEmpty()
                        ? config.schedules().size() == 1
                        : one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> BadInputException.at(grid.source())
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

    private static Map<String, String> withoutSeed(Map<String, String> point) {
        Map<String, String> rest = new LinkedHashMap<>(point);
        rest.remove(SEED);
        return rest;
    }
}
