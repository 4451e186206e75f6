package org.ppflow.app.command.data;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.command.OptionChoice;
import org.ppflow.app.command.OptionRange;
import org.ppflow.app.console.ConsoleProgress;
import org.ppflow.app.console.JsonOutput;
import org.ppflow.app.console.OutputPlace;
import org.ppflow.app.run.RunLock;
import org.ppflow.data.arrow.DatasetDescription;
import org.ppflow.data.arrow.ValueType;
import org.ppflow.data.exchange.ForeignLatents;
import org.ppflow.data.exchange.ImportOptions;
import org.ppflow.data.exchange.LatentImport;
import org.ppflow.data.exchange.NpyLatents;
import org.ppflow.data.exchange.SafetensorsLatents;
import org.ppflow.nn.errors.BadInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ppflow data import FOLDER --output FOLDER}. */
@Command(
        name = "import",
        description = {
            "Make a data set of another toolkit's latents: fast-DiT's *_features and *_labels of npy files, or LightningDiT's"
                    + " safetensors.",
            "Killed and started again it goes on."
        },
        footer = {
            "",
            "Example: ppflow data import features --scale 0.18215 --size 256 --output imagenet-256",
            "Example: ppflow data import vavae_imagenet_train_256 --size 256 --output imagenet-256-vavae"
        })
final class ImportCommand implements Callable<Integer> {
    private static final double SD_SCALE = 0.18215;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "FOLDER", description = "Folder of the other toolkit's files.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path folder;

    @Option(names = "--output", required = true, paramLabel = "FOLDER", description = "Folder of the data set.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path output;

    @Option(
            names = "--scale",
            paramLabel = "NUMBER",
            description =
                    "The model sees latents times this. fast-DiT's are multiplied already (default there: 0.18215); others are not"
                            + " (default: shift and scale are measured).")
    private @Nullable Double scale;

    @Option(
            names = "--storage",
            paramLabel = "TYPE",
            defaultValue = "float32",
            description = "float16 or float32, which loses nothing (default: ${DEFAULT-VALUE}).")
    private String storage = "float32";

    @Option(
            names = "--autoencoder",
            paramLabel = "NAME",
            defaultValue = "unknown",
            description = "What made them (default: ${DEFAULT-VALUE}).")
    private String autoencoder = "unknown";

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            description = "Side of the pictures, which latents do not say (default: what fast-DiT's folder is named by,"
                    + " imagenet256_features; else unknown).")
    private @Nullable Integer size;

    @Option(
            names = "--shard-rows",
            paramLabel = "N",
            defaultValue = "4096",
            description = "Rows of a shard (default: ${DEFAULT-VALUE}).")
    private int shardRows = 4096;

    @Option(names = "--json", paramLabel = "FILE|-", description = "Write what data info says as JSON.")
    private @Nullable String json;

    @Override
    public Integer call() throws IOException {
        JsonOutput.requireWritable(json);
        OutputPlace.requireFolder("--output", output);
        if (!Files.isDirectory(folder)) {
            throw BadInputException.at(folder.toString())
                    .found("no such folder")
                    .expected("fast-DiT's features, or LightningDiT's latents")
                    .build();
        }
        OptionRange.requireAtLeast("--shard-rows", shardRows, 1);
        if (size != null) {
            OptionRange.requireAtLeast("--size", size, 1);
        }
        if (scale != null && !(scale > 0 && Double.isFinite(scale))) {
            throw BadInputException.at("--scale " + scale)
                    .found("no scale")
                    .expected("a number above 0, such as " + SD_SCALE)
                    .build();
        }
        if (autoencoder.isBlank()) {
            throw BadInputException.at("--autoencoder")
                    .found("an empty name")
                    .expected("what made the latents, such as sd-vae-ft-ema")
                    .advice("leave it out where nobody knows")
                    .build();
        }
        boolean npy = NpyLatents.recognises(folder);
        ForeignLatents latents = npy ? NpyLatents.open(folder) : SafetensorsLatents.open(folder);
        OptionalDouble used =
                scale != null ? OptionalDouble.of(scale) : npy ? OptionalDouble.of(SD_SCALE) : OptionalDouble.empty();
        ImportOptions options = new ImportOptions(
                OptionChoice.of("--storage", storage, ValueType.values()),
                shardRows,
                used,
                npy,
                autoencoder,
                size == null ? DatasetDescription.UNKNOWN_SIZE : size);
        DatasetSummary summary;
        try (RunLock lock = RunLock.beside(output, "writing " + output, "choose another --output")) {
            summary = new DatasetSummary(
                    output,
                    new LatentImport(
                                    latents,
                                    options,
                                    ConsoleProgress.of(spec.commandLine().getErr()))
                            .write(output)
                            .manifest());
        }
        PrintWriter out = spec.commandLine().getOut();
        if (!"-".equals(json)) {
            summary.print(out);
        }
        JsonOutput.write(json, summary.json(), out);
        return ExitCode.DONE;
    }
}
