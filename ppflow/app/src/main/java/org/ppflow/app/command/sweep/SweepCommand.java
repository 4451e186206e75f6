package org.ppflow.app.command.sweep;

import org.ppflow.app.command.CommandGroup;
import picocli.CommandLine.Command;

/** {@code ppflow sweep}: holds the sweeps. */
@Command(
        name = "sweep",
        description =
                "Look for better or cheaper ways of sampling a trained model. Run again, a sweep goes on where it was.",
        synopsisSubcommandLabel = "guidance|cost",
        subcommands = {GuidanceCommand.class, CostCommand.class},
        footer = {"", "Example: ppflow sweep guidance configs/quickstart.yaml --schedule ppf-2"})
public final class SweepCommand extends CommandGroup {}
