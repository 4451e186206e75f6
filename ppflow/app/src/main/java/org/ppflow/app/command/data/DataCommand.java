package org.ppflow.app.command.data;

import org.ppflow.app.command.SubCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
public final class DataCommand implements SubCommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "data needs a verb: encode, info, verify, import or export");
    }
}
