package org.ppflow.app.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.app.config.ExperimentGrid;
import org.ppflow.app.config.GridReader;
import org.ppflow.app.console.OutputPlace;
import org.ppflow.app.experiment.ExperimentRunner;
import org.ppflow.app.experiment.GridRun;
import org.ppflow.app.experiment.RunOptions;
import org.ppflow.nn.errors.BadInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ppflow run CONFIG}. */
@Command(
        name = "run",
        description =
                "Run the experiment of a config from data to report, or all those of a config with 'cells' or a 'grid'."
                        + " Run again, it goes on where it was.",
        footer = {
            "",
            "Example: ppflow run configs/quickstart.yaml --set name=deeper --set model.depth=6 --dry-run",
            "         ppflow run configs/mnist/table1.yaml --records configs/mnist/records"
        })
public final class RunCommand implements SubCommand {
    private final Supplier<ExperimentRunner> runner;

    @Parameters(paramLabel = "CONFIG", description = "The config, a YAML file; see configs/.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path config;

    @Option(
            names = "--cells",
            paramLabel = "NAME",
            description = "Of a config with cells: run this one. May be given several times.")
    private List<String> cells = new ArrayList<>();

    @Option(
            names = "--records",
            paramLabel = "DIR",
            description = "Where the records go, which tables are made of (default: records in the run's folder).")
    private @Nullable Path records;

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            description =
                    "Where features are kept if the config names a network that scores (default: ~/.cache/ppflow/evaluate, as"
                            + " evaluate has it); 20 KB a picture.")
    private @Nullable Path cache;

    @Mixin
    private ExperimentOptions options = new ExperimentOptions();

    /** With the runner of experiments that the class path has. */
    public RunCommand() {
        this(ExperimentOptions::installedRunner);
    }

    RunCommand(Supplier<ExperimentRunner> runner) {
        this.runner = runner;
    }

    @Override
    public Integer call() throws IOException {
        RunOptions plain = options.options(RunOptions.Until.REPORT, config);
        RunOptions how = cache == null ? plain : plain.withCache(cache);
        how.requireWritable();
        if (cache != null) {
            OutputPlace.requireFolder("--cache", cache);
        }
        if (records != null) {
            OutputPlace.requireFolder("--records", records);
        }
        ExperimentGrid grid = GridReader.read(config, options.overrides());
        Path folder = records == null ? how.runs().resolve(grid.name()).resolve("records") : records;
        if (grid.single()) {
            if (!cells.isEmpty()) {
                throw BadInputException.at("--cells " + String.join(", ", cells))
                        .found(config + " has no cells")
                        .expected("a config with the key cells")
                        .build();
            }
            ExperimentConfig only = grid.cells().get(0).config();
            runner.get().run(only, how.recordedIn(only, folder));
        } else {
            new GridRun(grid, options.overrides(), folder, runner.get(), how).run(cells);
        }
        return ExitCode.DONE;
    }
}
