package org.ppflow.app.command.sweep;

import org.ppflow.app.command.SubCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ppflow sweep}: holds the sweeps. */
@Command(
        name = "sweep",
        description =
                "Look for better or cheaper ways of sampling a trained model. Run again, a sweep goes on where it was.",
        synopsisSubcommandLabel = "guidance|cost",
        subcommands = {GuidanceCommand.class, CostCommand.class},
        footer = {"", "Example: ppflow sweep guidance configs/quickstart.yaml --schedule ppf-2"})
public final class SweepCommand implements SubCommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "sweep needs a kind: guidance or cost");
    }
}
