package org.ppflow.app.command;

import java.io.IOException;
import java.nio.file.Path;
import org.ppflow.app.config.ConfigReader;
import org.ppflow.app.experiment.RunOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ppflow train CONFIG}. */
@Command(
        name = "train",
        description =
                "Train the models of a config, with the data that they need. Run again, it goes on where it was; sample and run go on"
                        + " from there.",
        footer = {"", "Example: ppflow train configs/quickstart.yaml --set name=deeper --set model.depth=6"})
public final class TrainCommand implements SubCommand {
    @Parameters(paramLabel = "CONFIG", description = "The config, a YAML file; see configs/.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path config;

    @Mixin
    private ExperimentOptions options = new ExperimentOptions();

    @Override
    public Integer call() throws IOException {
        RunOptions how = options.options(RunOptions.Until.WEIGHTS, config);
        how.requireWritable();
        ExperimentOptions.installedRunner().run(ConfigReader.read(config, options.overrides()), how);
        return ExitCode.DONE;
    }
}
