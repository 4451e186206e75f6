package org.ppflow.app.command.figure;

import org.ppflow.app.command.CommandGroup;
import picocli.CommandLine.Command;

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
public final class FigureCommand extends CommandGroup {
    @Override
    protected String adviceFor(String word) {
        return word.equals("2") || word.equals("3")
                ? "Figures 2 and 3 are drawn in notebook 02, patch levels, as 'figure path' and 'figure 10' draw them"
                : "";
    }
}
