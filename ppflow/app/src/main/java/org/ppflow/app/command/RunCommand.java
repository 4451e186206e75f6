package org.ppflow.app.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.ppflow.app.config.ConfigReader;
import org.ppflow.app.experiment.ExperimentRunner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ppflow run CONFIG}. */
@Command(
        name = "run",
        description = "Run the experiment of a config from data to report. Run again, it goes on where it was.",
        footer = {"", "Example: ppflow run configs/quickstart.yaml --set name=deeper --set model.depth=6 --dry-run"})
public final class RunCommand implements SubCommand {
    private final Supplier<ExperimentRunner> runner;

    @Parameters(paramLabel = "CONFIG", description = "The config, a YAML file; see configs/.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path config;

    @Mixin
    private ExperimentOptions options = new ExperimentOptions();

    public RunCommand() {
        this(ExperimentOptions::installedRunner);
    }

    RunCommand(Supplier<ExperimentRunner> runner) {
        this.runner = runner;
    }

    @Override
    public Integer call() throws IOException {
        return options.run(overrides -> ConfigReader.read(config, overrides), runner);
    }
}
