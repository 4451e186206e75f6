package org.ppflow.app.command.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.console.ConsoleProgress;
import org.ppflow.app.console.OutputPlace;
import org.ppflow.app.run.RunLock;
import org.ppflow.data.exchange.NpyExport;
import org.ppflow.data.loader.LatentDataset;
import org.ppflow.nn.errors.BadInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ppflow data export FOLDER --output FOLDER}. */
@Command(
        name = "export",
        description = {
            "Write a data set as fast-DiT reads it: two npy files a picture, in *_features and *_labels.",
            "Killed and started again it goes on."
        },
        footer = {"", "Example: ppflow data export imagenet-256 --output features"})
final class ExportDataCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "FOLDER", description = "Folder of a data set.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path folder;

    @Option(names = "--output", required = true, paramLabel = "FOLDER", description = "Where both folders go.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path output;

    @Option(names = "--flipped", description = "The latents of the mirrored pictures.")
    private boolean flipped;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Of the posterior draws, where moments are stored (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Override
    public Integer call() throws IOException {
        OutputPlace.requireFolder("--output", output);
        LatentDataset data = LatentDataset.open(folder);
        if (flipped && !data.mirror()) {
            throw BadInputException.at(folder.toString())
                    .found("no latents of mirrored pictures")
                    .expected("some, for --flipped")
                    .build();
        }
        try (RunLock lock = RunLock.beside(output, "writing " + output, "choose another --output")) {
            new NpyExport(data, seed)
                    .write(
                            output,
                            flipped,
                            ConsoleProgress.of(spec.commandLine().getErr()));
        }
        return ExitCode.DONE;
    }
}
