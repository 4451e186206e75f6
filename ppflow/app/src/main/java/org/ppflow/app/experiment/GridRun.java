package org.ppflow.app.experiment;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.ppflow.app.config.CellLink;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.app.config.ExperimentGrid;
import org.ppflow.app.config.GridCell;
import org.ppflow.app.config.InitConfig;
import org.ppflow.app.console.Duration;
import org.ppflow.app.record.Records;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.errors.Nearest;

/**
 * Runs the experiments of a grid one after another. Each is a run of its own below the grid's folder, finished ones are skipped, a killed one goes on where it was, and what
 * two of them share (data, classifier, weights) is made once. At the end stands a record of each.
 */
public final class GridRun {
    private final ExperimentGrid grid;
    private final List<String> overrides;
    private final Path records;
    private final ExperimentRunner runner;
    private final RunOptions options;
    private final Set<String> done = new HashSet<>();

    /**
     * @param grid what runs
     * @param overrides of the command line, for links to other files
     * @param records folder that the records go to
     * @param runner of one experiment
     * @param options of every one
     */
    public GridRun(
            ExperimentGrid grid, List<String> overrides, Path records, ExperimentRunner runner, RunOptions options) {
        this.grid = grid;
        this.overrides = List.copyOf(overrides);
        this.records = records;
        this.runner = runner;
        this.options = options;
    }

    /**
     * Runs what is not done yet.
     *
     * @param rows names of the cells; empty for all
     * @throws BadInputException if there is no cell of a name, a config or link is wrong, or a file is missing that scores need, before anything runs
     */
    public void run(List<String> rows) throws IOException {
        List<GridCell> cells = chosen(rows);
        List<Double> work = new ArrayList<>();
        double all = 0;
        for (GridCell cell : cells) {
            CellLink.of(grid, cell, overrides);
            double flops = flops(cell.config());
            work.add(flops);
            all += flops;
        }
        GridReport report = new GridReport(grid, cells, options);
        if (options.dryRun()) {
            cells.stream()
                    .flatMap(cell -> new NamedFiles(cell.config()).missing().stream())
                    .map(missing -> "warning: " + missing.warning())
                    .distinct()
                    .forEach(options.err()::println);
            options.err().flush();
            report.plan(work);
            return;
        }
        cells.forEach(cell -> new NamedFiles(cell.config()).require(options.until()));
        long start = System.nanoTime();
        double past = 0;
        double worked = 0;
        for (int i = 0; i < cells.size(); i++) {
            double seconds = (System.nanoTime() - start) / 1e9;
            options.err()
                    .printf(
                            Locale.ROOT,
                            "[%d/%d] %s; %.0f %% of the operations done%s%n",
                            i + 1,
                            cells.size(),
                            cells.get(i).title(),
                            100 * past / all,
                            worked == 0 ? "" : ", about " + Duration.text(seconds / worked * (all - past)) + " left");
            options.err().flush();
            boolean ran = cell(grid, cells.get(i));
            past += work.get(i);
            if (ran) {
                worked += work.get(i);
            } else {
                start += (System.nanoTime() - start) - (long) (seconds * 1e9);
            }
        }
        report.results(Records.of(grid.name(), records));
    }

    private List<GridCell> chosen(List<String> rows) {
        for (String row : rows) {
            if (!grid.rows().contains(row)) {
                BadInputException.Builder problem = BadInputException.at("--cells " + row)
                        .found("no such cell in " + grid.source())
                        .expected("one of " + grid.rows());
                Nearest.to(row, grid.rows()).ifPresent(near -> problem.advice("did you mean '" + near + "'?"));
                throw problem.build();
            }
        }
        return grid.cells().stream()
                .filter(cell -> rows.isEmpty() || rows.contains(cell.row()))
                .toList();
    }

    /** Runs an experiment, and before it the one whose weights it starts from. */
    private boolean cell(ExperimentGrid of, GridCell cell) throws IOException {
        Optional<CellLink> link = CellLink.of(of, cell, overrides);
        if (link.isPresent()) {
            cell(link.get().grid(), link.get().cell());
        }
        ExperimentConfig config = resolved(of, cell, overrides, options.runs());
        Path folder = options.runs().resolve(of.name());
        if (!done.add(folder.resolve(config.name()).toString())) {
            return false;
        }
        boolean fresh = !Files.exists(folder.resolve(config.name()).resolve(ReportStage.REPORT));
        RecordTarget target = new RecordTarget(
                of.name(),
                cell.row(),
                cell.point(),
                cell.config(),
                link.map(found -> found.cell().config()),
                records);
        runner.run(config, options.inside(folder, target, new PrintWriter(Writer.nullWriter())));
        return fresh;
    }

    /**
     * The config that a cell runs with: where it starts from another's weights, their file is in the place of the link.
     *
     * @param runs folder of all runs
     */
    public static ExperimentConfig resolved(ExperimentGrid grid, GridCell cell, List<String> overrides, Path runs)
            throws IOException {
        Optional<CellLink> link = CellLink.of(grid, cell, overrides);
        return link.isPresent()
                ? cell.config().withInit(weights(cell.config().init(), link.get(), runs))
                : cell.config();
    }

    private static InitConfig weights(InitConfig init, CellLink link, Path runs) {
        ExperimentConfig config = link.cell().config();
        Path run = runs.resolve(link.grid().name()).resolve(config.name());
        String file = TrainingStage.weights(
                        run, config, ModelPlan.of(config, config.schedules().get(0)))
                .toString();
        return init.sit().isEmpty()
                ? new InitConfig("", file, init.warmStart(), init.levelTable())
                : new InitConfig(file, "", init.warmStart(), init.levelTable());
    }

    /** Of training and sampling, blocks only; what a link adds is not counted. */
    private static double flops(ExperimentConfig config) {
        double flops = 0;
        for (var schedule : config.schedules()) {
            ModelPlan plan = ModelPlan.of(config, schedule);
            flops += plan.flops().trainingImage(schedule) * config.training().images();
            flops += plan.ledger().map(ledger -> ledger.blocksOfPasses()).orElse(0.0)
                    * config.sampling().count();
        }
        return flops;
    }
}
