package org.ppflow.app.command.completion;

import org.ppflow.app.command.CommandGroup;
import picocli.CommandLine.Command;

/** {@code ppflow completion}: holds the verbs. */
@Command(
        name = "completion",
        description =
                "Let the shell complete commands, options, their values and the keys of --set: install that, or print the script.",
        synopsisSubcommandLabel = "install|print",
        subcommands = {InstallCommand.class, PrintCommand.class},
        footer = {"", "Example: ppflow completion install", "         ppflow completion print bash"})
public final class CompletionCommand extends CommandGroup {}
