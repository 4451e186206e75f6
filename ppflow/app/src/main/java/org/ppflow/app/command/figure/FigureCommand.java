package org.ppflow.app.command.figure;

import org.ppflow.app.command.SubCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ppflow figure}: holds the figures. */
@Command(
        name = "figure",
        description = "Draw a figure of the paper, as SVG and PNG.",
        synopsisSubcommandLabel = "1|4|5|6|7|8|9|10|path",
        subcommands = {
            SamplesAndSpeedCommand.class,
            TrainingCostCommand.class,
            ScratchSamplesCommand.class,
            SamplingCostCommand.class,
            GrownSamplesCommand.class,
            PyramidSamplesCommand.class,
            PackingCommand.class,
            PatchificationCommand.class,
            DenoisingPathCommand.class
        },
        footer = {"", "Example: ppflow figure 10 --schedule ppf-3 --output figure-10"})
public final class FigureCommand implements SubCommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(), "figure needs its number: 1, 4, 5, 6, 7, 8, 9 or 10; or path, the overview");
    }
}
