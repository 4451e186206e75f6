package org.ppflow.app.command.weights;

import org.ppflow.app.command.CommandGroup;
import picocli.CommandLine.Command;

/** {@code ppflow weights}: holds the verbs. */
@Command(
        name = "weights",
        description =
                "State dicts: list them, change their format, make a PPFlow of a SiT, average the weights of a run, compare two.",
        synopsisSubcommandLabel = "inspect|convert|warm-start|ema|diff",
        subcommands = {
            InspectCommand.class,
            ConvertCommand.class,
            WarmStartCommand.class,
            EmaCommand.class,
            DiffCommand.class
        },
        footer = {"", "Example: ppflow weights inspect SiT-XL-2-256.pt"})
public final class WeightsCommand extends CommandGroup {}
