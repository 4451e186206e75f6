package org.ppflow.app.command.data;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.command.KnownNames;
import org.ppflow.app.command.OptionChoice;
import org.ppflow.app.command.OptionRange;
import org.ppflow.app.command.sample.SessionFlags;
import org.ppflow.app.console.ConsoleProgress;
import org.ppflow.app.console.JsonOutput;
import org.ppflow.app.console.OutputPlace;
import org.ppflow.app.console.Program;
import org.ppflow.app.run.RunLock;
import org.ppflow.data.arrow.Manifest;
import org.ppflow.data.arrow.SkippedPicture;
import org.ppflow.data.arrow.ValueType;
import org.ppflow.data.autoencoder.NamedCodecs;
import org.ppflow.data.codec.Codec;
import org.ppflow.data.encode.DatasetEncoder;
import org.ppflow.data.encode.EncodeOptions;
import org.ppflow.data.encode.OnError;
import org.ppflow.data.encode.ShardShare;
import org.ppflow.data.picture.CentreCrop;
import org.ppflow.data.picture.CentrePadding;
import org.ppflow.data.picture.Framing;
import org.ppflow.data.picture.PictureDecoder;
import org.ppflow.data.source.Holdout;
import org.ppflow.data.source.Part;
import org.ppflow.data.source.PictureSelection;
import org.ppflow.data.source.PictureSource;
import org.ppflow.data.source.PictureSources;
import org.ppflow.data.source.SourceOptions;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.provenance.Code;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ppflow data encode SOURCE --output FOLDER}. */
@Command(
        name = "encode",
        description = {
            "Encode pictures into a data set of latents, both mirrors at once.",
            "Killed and started again it goes on; at most a shard is lost."
        },
        footer = {
            "",
            "Example: ppflow data encode ILSVRC2012_img_train.tar --codec vae:sd-vae-ft-ema --size 256 --output imagenet-256",
            "On machine 2 of 4: the same with --shard 1/4; when all are done: ppflow data verify imagenet-256"
        })
final class EncodeCommand implements Callable<Integer> {
    private static final Pattern SHARE = Pattern.compile("(\\d{1,6})/(\\d{1,6})");
    private static final int MAX_SIZE = 4096;

    private static final int LISTED = 20;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private SessionFlags session = new SessionFlags();

    @Parameters(
            paramLabel = "SOURCE",
            description = {
                "The pictures: a tar (ImageNet's tar of tars as it comes), a zip or a folder, with a folder a class;",
                "idx:PATH; or mnist-t10k."
            })
    private String source = "";

    @Option(names = "--output", required = true, paramLabel = "FOLDER", description = "Folder of the data set.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path output;

    @Option(
            names = "--codec",
            paramLabel = "NAME",
            defaultValue = "haar",
            completionCandidates = KnownNames.OfCodecs.class,
            description =
                    "What makes latents of pictures: vae:FOLDER for an autoencoder as diffusers saves it, or ${COMPLETION-CANDIDATES}"
                            + " (default: ${DEFAULT-VALUE}).")
    private String codec = "haar";

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            defaultValue = "256",
            description = "Side of the pictures (default: ${DEFAULT-VALUE}).")
    private int size = 256;

    @Option(
            names = "--crop",
            paramLabel = "NAME",
            description =
                    "How pictures come to that size: adm-center, or pad-center for those that are smaller (default: adm-center, for"
                            + " IDX files pad-center).")
    private @Nullable String crop;

    @Option(names = "--exif", description = "Turn pictures as their cameras say; the published pipelines do not.")
    private boolean exif;

    @Option(
            names = "--max-pixels",
            paramLabel = "N",
            defaultValue = "" + PictureDecoder.MAX_PIXELS,
            description = "Larger pictures are refused before they are decoded (default: ${DEFAULT-VALUE}).")
    private long maxPixels = PictureDecoder.MAX_PIXELS;

    @Option(
            names = "--class-names",
            paramLabel = "FILE",
            description = "Names of the classes, 'ID NAME' a line (default: the folders' names).")
    private @Nullable Path classNames;

    @Option(
            names = "--mirror",
            paramLabel = "true|false",
            description =
                    "Whether the mirrored pictures are encoded as well (default: false for IDX files, else true).")
    private @Nullable String mirror;

    @Option(
            names = "--storage",
            paramLabel = "TYPE",
            defaultValue = "float16",
            description = "float16 or float32 (default: ${DEFAULT-VALUE}).")
    private String storage = "float16";

    @Option(
            names = "--shard-rows",
            paramLabel = "N",
            defaultValue = "4096",
            description = "Pictures of a shard (default: ${DEFAULT-VALUE}).")
    private int shardRows = 4096;

    @Option(
            names = "--shard",
            paramLabel = "I/N",
            defaultValue = "0/1",
            description =
                    "Only this machine's share of the shards, I from 0 to N-1; data verify joins them (default: ${DEFAULT-VALUE}).")
    private String shard = "0/1";

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "16",
            description = "Pictures the codec gets at once; both mirrors of each (default: ${DEFAULT-VALUE}).")
    private int batch = 16;

    @Option(
            names = "--decode-threads",
            paramLabel = "N",
            defaultValue = "2",
            description = "Threads that decode and crop pictures ahead of the codec (default: ${DEFAULT-VALUE}).")
    private int threads = 2;

    @Option(
            names = "--on-error",
            paramLabel = "fail|skip",
            defaultValue = "fail",
            description =
                    "What to do about pictures that cannot be decoded, and files that are no pictures (default: ${DEFAULT-VALUE}).")
    private String onError = "fail";

    @Option(names = "--json", paramLabel = "FILE|-", description = "Write what data info says as JSON.")
    private @Nullable String json;

    @Override
    public Integer call() throws IOException {
        JsonOutput.requireWritable(json);
        OutputPlace.requireFolder("--output", output);
        EncodeOptions options = options();
        ShardShare share = share();
        Progress progress = ConsoleProgress.of(spec.commandLine().getErr());
        String part = share.count() > 1 ? "-" + share.index() + "-of-" + share.count() : "";
        try (RunLock lock =
                        RunLock.beside(Path.of(output + part), "encoding into " + output, "choose another --output");
                Codec opened = NamedCodecs.open(codec, session.options())) {
            PictureSource pictures = PictureSources.open(
                    source,
                    new SourceOptions(
                            new PictureDecoder(exif, maxPixels),
                            Optional.ofNullable(classNames),
                            mirrored(),
                            options.onError() == OnError.SKIP));
            tellLeftOut(pictures.leftOut());
            // The smallest holdout there can be; all rows are taken.
            PictureSelection selection = new PictureSelection(pictures, new Holdout(2, 0), Part.ALL, framing(pictures));
            DatasetEncoder encoder = new DatasetEncoder(opened, options, progress).noting(Code.current());
            if (share.count() > 1) {
                encoder.encodeShare(selection, output, share);
                spec.commandLine()
                        .getErr()
                        .println("share " + shard + " is done; when all are, join them: "
                                + Program.line("data", "verify", output.toString()));
                return ExitCode.DONE;
            }
            report(encoder.encode(selection, output, Optional.empty()).manifest());
        }
        return ExitCode.DONE;
    }

    private void report(Manifest manifest) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (!manifest.skipped().isEmpty()) {
            err.println(manifest.skipped().size() + " pictures were left out:");
            for (SkippedPicture skipped : manifest.skipped()) {
                err.println("  " + skipped.error());
            }
            err.flush();
        }
        DatasetSummary summary = new DatasetSummary(output, manifest);
        if (!"-".equals(json)) {
            summary.print(out);
        }
        JsonOutput.write(json, summary.json(), out);
    }

    private void tellLeftOut(List<String> files) {
        PrintWriter err = spec.commandLine().getErr();
        if (!files.isEmpty()) {
            err.println("left out, since they are no pictures by their names (" + files.size() + "):");
            files.stream().limit(LISTED).forEach(file -> err.println("  " + file));
            if (files.size() > LISTED) {
                err.println("  and " + (files.size() - LISTED) + " more");
            }
            err.flush();
        }
    }

    private Framing framing(PictureSource pictures) {
        String name = crop != null ? crop : pictures.padded() ? CentrePadding.NAME : CentreCrop.NAME;
        return switch (name) {
            case CentrePadding.NAME -> new CentrePadding(size);
            case CentreCrop.NAME -> new CentreCrop(size);
            default ->
                throw BadInputException.at("--crop")
                        .found("'" + name + "'")
                        .expected(CentreCrop.NAME + " or " + CentrePadding.NAME)
                        .build();
        };
    }

    private Optional<Boolean> mirrored() {
        if (mirror == null) {
            return Optional.empty();
        }
        if (!mirror.equals("true") && !mirror.equals("false")) {
            throw BadInputException.at("--mirror " + mirror)
                    .found(mirror.isEmpty() ? "nothing" : "neither")
                    .expected("true or false")
                    .build();
        }
        return Optional.of(Boolean.valueOf(mirror));
    }

    private EncodeOptions options() {
        OptionRange.require("--size", size, 1, MAX_SIZE);
        OptionRange.requireAtLeast("--max-pixels", maxPixels, 1);
        OptionRange.requireAtLeast("--shard-rows", shardRows, 1);
        OptionRange.requireAtLeast("--batch", batch, 1);
        OptionRange.requireAtLeast("--decode-threads", threads, 1);
        return new EncodeOptions(
                OptionChoice.of("--storage", storage, ValueType.values()),
                shardRows,
                batch,
                threads,
                OptionChoice.of("--on-error", onError, OnError.values()));
    }

    private ShardShare share() {
        Matcher form = SHARE.matcher(shard);
        if (form.matches()) {
            int index = Integer.parseInt(form.group(1));
            int count = Integer.parseInt(form.group(2));
            if (index < count) {
                return new ShardShare(index, count);
            }
        }
        throw BadInputException.at("--shard " + shard)
                .found("no share")
                .expected("I/N with I from 0 to N-1, such as 0/4")
                .build();
    }
}
