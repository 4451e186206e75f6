package org.ppflow.app.command.config;

import org.ppflow.app.command.CommandGroup;
import picocli.CommandLine.Command;

/** {@code ppflow config}: holds the verbs. */
@Command(
        name = "config",
        description =
                "Configs: check them, show one with all its keys, print the JSON schema that editors complete and check by.",
        synopsisSubcommandLabel = "check|show|schema",
        subcommands = {CheckCommand.class, ShowCommand.class, SchemaCommand.class},
        footer = {
            "",
            "Example: ppflow config check configs/quickstart.yaml",
            "         ppflow config show configs/quickstart.yaml",
            "         ppflow config schema --output ppflow.schema.json"
        })
public final class ConfigCommand extends CommandGroup {}
