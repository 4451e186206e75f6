package org.ppflow.app.command.weights;

import org.ppflow.app.command.SubCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
public final class WeightsCommand implements SubCommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(), "weights needs a verb: inspect, convert, warm-start, ema or diff");
    }
}
