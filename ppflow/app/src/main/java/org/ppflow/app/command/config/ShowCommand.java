package org.ppflow.app.command.config;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.config.ConfigReader;
import org.ppflow.app.config.ExperimentGrid;
import org.ppflow.app.config.GridCell;
import org.ppflow.app.config.GridReader;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.errors.Nearest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ppflow config show CONFIG}. */
@Command(
        name = "show",
        description = {
            "Print a config with every key, defaults and changes filled in: what a run would keep as its config.yaml.",
            "Of a config with cells or a grid: every experiment, one YAML document each."
        },
        footer = {
            "",
            "Example: ppflow config show configs/quickstart.yaml --set training.batch=32",
            "         ppflow config show configs/mnist/table1.yaml --cell 'PPF-2 7M'"
        })
final class ShowCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "CONFIG", description = "The config, a YAML file; see configs/.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path config;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Override a key of the config, e.g. training.batch=32. May be given several times.")
    private List<String> overrides = new ArrayList<>();

    @Option(names = "--cell", paramLabel = "NAME", description = "Of a config with cells: this one alone.")
    private @Nullable String cell;

    @Override
    public Integer call() throws IOException {
        ExperimentGrid grid = GridReader.read(config, overrides);
        PrintWriter out = spec.commandLine().getOut();
        for (GridCell one : chosen(grid)) {
            if (!grid.single()) {
                out.println("--- # " + one.title());
            }
            out.print(ConfigReader.toYaml(one.config()));
        }
        out.flush();
        return ExitCode.DONE;
    }

    private List<GridCell> chosen(ExperimentGrid grid) {
        if (cell == null) {
            return grid.cells();
        }
        // A plain config, and one with a grid alone, have a single row without a name.
        boolean named = !grid.rows().equals(List.of(""));
        List<GridCell> row = named ? grid.row(cell) : List.of();
        if (row.isEmpty()) {
            BadInputException.Builder problem = BadInputException.at("--cell " + cell)
                    .found(named ? "no such cell in " + config : "a config without cells")
                    .expected(named ? "one of " + String.join(", ", grid.rows()) : "no --cell");
            if (named) {
                Nearest.to(cell, grid.rows()).ifPresent(near -> problem.advice("did you mean '" + near + "'?"));
            }
            throw problem.build();
        }
        return row;
    }
}
