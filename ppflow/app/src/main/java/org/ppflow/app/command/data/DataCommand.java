package org.ppflow.app.command.data;

import org.ppflow.app.command.CommandGroup;
import picocli.CommandLine.Command;

/** {@code ppflow data}: holds the verbs. */
@Command(
        name = "data",
        description = "Data sets of latents: encode pictures, look at one, verify it, exchange it with other toolkits.",
        synopsisSubcommandLabel = "encode|info|verify|import|export",
        subcommands = {
            EncodeCommand.class,
            InfoCommand.class,
            VerifyCommand.class,
            ImportCommand.class,
            ExportDataCommand.class
        },
        footer = {
            "",
            "Example: ppflow data encode ILSVRC2012_img_train.tar --codec vae:sd-vae-ft-ema --size 256 --output imagenet-256"
        })
public final class DataCommand extends CommandGroup {}
