package org.ppflow.app.command.config;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.config.ExperimentGrid;
import org.ppflow.app.config.GridReader;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.nn.errors.BadInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ppflow config check FILE…}. */
@Command(
        name = "check",
        description =
                "Read configs and say what is wrong with each, without running anything. Files that they name are not looked for.",
        footer = {"", "Example: ppflow config check configs/quickstart.yaml --set training.batch=32"})
final class CheckCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Configs, YAML files.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description =
                    "Override a key of each config, as run takes it: training.batch=32. May be given several times.")
    private List<String> overrides = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<BadInputException> wrong = new ArrayList<>();
        for (Path file : files) {
            try {
                out.println(file + ": " + describe(GridReader.read(file, overrides)));
            } catch (BadInputException e) {
                wrong.add(e);
            }
        }
        out.flush();
        if (wrong.size() == 1) {
            throw wrong.get(0);
        }
        if (!wrong.isEmpty()) {
            throw BadInputException.at(wrong.size() + " of " + files.size() + " configs")
                    .found("mistakes:\n  "
                            + wrong.stream().map(Throwable::getMessage).collect(Collectors.joining("\n  ")))
                    .build();
        }
        return ExitCode.DONE;
    }

    private static String describe(ExperimentGrid grid) {
        List<String> schedules = grid.cells().stream()
                .flatMap(cell -> cell.config().schedules().stream())
                .map(LevelSchedule::name)
                .distinct()
                .toList();
        return "sound, files not looked for; "
                + (grid.single() ? "experiment " : grid.cells().size() + " experiments of ")
                + grid.name()
                + (schedules.size() == 1 ? ", schedule " : ", schedules ")
                + String.join(", ", schedules);
    }
}
