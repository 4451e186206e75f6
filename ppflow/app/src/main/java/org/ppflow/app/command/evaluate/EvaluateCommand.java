package org.ppflow.app.command.evaluate;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.command.SubCommand;
import org.ppflow.app.command.sample.LiveSampling;
import org.ppflow.app.command.sample.SessionFlags;
import org.ppflow.app.console.ConsoleProgress;
import org.ppflow.app.console.JsonOutput;
import org.ppflow.app.console.OutputPlace;
import org.ppflow.app.sample.SampleShard;
import org.ppflow.eval.cache.UserCache;
import org.ppflow.eval.extraction.FeatureExtraction;
import org.ppflow.eval.extraction.LazyNetwork;
import org.ppflow.eval.images.Fit;
import org.ppflow.eval.images.ImageReading;
import org.ppflow.eval.images.ImageSource;
import org.ppflow.eval.images.ImageSources;
import org.ppflow.eval.protocol.Evaluator;
import org.ppflow.eval.protocol.ScoringOptions;
import org.ppflow.eval.protocol.SetSource;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.progress.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code ppflow evaluate}: FID, sFID, Inception Score, precision and recall of samples, and references. */
@Command(
        name = "evaluate",
        description = {
            "Score samples against a reference: as OpenAI's (ADM's) evaluator prints it (protocol adm), and exactly (protocol exact).",
            "Pictures are npz, a folder, zip or tar of PNG or JPEG, a data set, idx:PATH; or samples of weights, scored while they are drawn.",
            "Features are kept on disk: killed and started again it goes on, and the same pictures never pass the network twice."
        },
        subcommands = DiffCommand.class,
        footer = {
            "",
            "Example: ppflow evaluate --reference run:runs/quickstart --samples mine.npz",
            "         ppflow evaluate --reference VIRTUAL_imagenet256_labeled.npz --samples samples.npz \\",
            "             --network classify_image_graph_def.pb --json evaluation.json",
            "         ppflow evaluate diff evaluation.json --published \"PPF-B-2 7M\"",
            "         ppflow evaluate --reference ref.npz --network inception.pb --weights ppf.safetensors --count 50000",
            "         ppflow evaluate --make-reference ref.npz --samples imagenet/train --crop 256 --network inception.pb"
        })
public final class EvaluateCommand implements SubCommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private ReferenceOption reference = new ReferenceOption();

    @Option(names = "--samples", paramLabel = "B", description = "The pictures to score.")
    private @Nullable String samples;

    @Mixin
    private NetworkOptions network = new NetworkOptions();

    @Mixin
    private ProtocolOptions protocols = new ProtocolOptions();

    @Mixin
    private FitOptions fit = new FitOptions();

    @Mixin
    private NearestOptions nearest = new NearestOptions();

    @Mixin
    private ReferenceMaking making = new ReferenceMaking();

    @Option(
            names = "--shard",
            paramLabel = "i/n",
            description =
                    "Take the features of the i-th of n parts of the samples and stop, i from 0; the same command without it"
                            + " goes on from all of them.")
    private @Nullable String shard;

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            description =
                    "Where features and results are kept (default: ~/.cache/ppflow/evaluate); 20 KB a picture with Inception.")
    private @Nullable Path cache;

    @Mixin
    private LiveSampling live = new LiveSampling();

    @Mixin
    private SessionFlags session = new SessionFlags();

    @Option(names = "--json", paramLabel = "FILE|-", description = "Write the result as JSON; - for standard output.")
    private @Nullable String json;

    @Override
    public Integer call() throws IOException {
        JsonOutput.requireWritable(json);
        Optional<SampleShard> share = Optional.ofNullable(shard).map(SampleShard::parse);
        ScoringOptions options = protocols.scoring();
        Optional<NearestPictures> search = nearest.search();
        making.requireFit();
        if (cache != null) {
            OutputPlace.requireFolder("--cache", cache);
        }
        requireOptionsFit();
        PrintWriter err = spec.commandLine().getErr();
        Progress progress = ConsoleProgress.of(err);
        NetworkOptions.Door door = network.door(session.options(), reference);
        // Notes come below the table where there will be one, and are in its JSON.
        ToldFindings told = new ToldFindings(err, making.given() || share.isPresent());
        try (LazyNetwork features = door.network();
                Opened scored = openSamples(door, err)) {
            Path kept = cacheFolder();
            Optional<LazyNetwork> classes = protocols.classes(door, session.options());
            try {
                Evaluator evaluator = new Evaluator(
                        new Evaluator.Setting(features, classes, protocols.names(features), options, kept),
                        progress,
                        told);
                if (making.given()) {
                    making.write(
                            evaluator, scored.images(), json, spec.commandLine().getOut(), progress);
                } else if (share.isPresent()) {
                    takeShare(evaluator, scored.images(), share.get(), kept);
                } else {
                    evaluate(evaluator, scored, door, search, told, progress);
                }
            } finally {
                classes.filter(other -> other != features).ifPresent(LazyNetwork::close);
            }
        }
        return ExitCode.DONE;
    }

    /** The samples, and what is closed with them. */
    private record Opened(SetSource set, ImageSource images, LiveSampling.@Nullable Opened sampler)
            implements AutoCloseable {
        @Override
        public void close() throws IOException {
            set.close();
            if (sampler != null) {
                sampler.close();
            }
        }
    }

    private Opened openSamples(NetworkOptions.Door door, PrintWriter err) throws IOException {
        if (live.given()) {
            LiveSampling.Opened opened = live.open(session, door.channels(), err);
            return new Opened(SetSource.of(opened.images()), opened.images(), opened);
        }
        if (samples == null) {
            throw BadInputException.at("--samples")
                    .found("nothing")
                    .expected("pictures to score, or --weights to draw them from")
                    .build();
        }
        SetSource set = SetSource.open(
                samples, reading(door.channels(), fit.of(samples, door.ofDigits() || reference.ofDigits())));
        return new Opened(set, set.requirePictures(), null);
    }

    private void requireOptionsFit() throws IOException {
        if (!live.given()) {
            // An autoencoder decodes data sets of latents too.
            GivenOptions.requireNone(
                    spec, "live", Set.of("--autoencoder"), "--weights FILE, which samples are drawn from");
        }
        if (live.given() && samples != null) {
            throw BadInputException.at("--samples " + samples)
                    .found("--weights beside it")
                    .expected("one of the two")
                    .build();
        }
        if (samples != null) {
            ImageSources.requireThere("--samples", samples);
        }
        reference.requireThere();
        if (!making.given()) {
            GivenOptions.requireNone(spec, "making", Set.of(), "--make-reference OUT.npz");
        }
        if (!making.given() && shard == null && !reference.given()) {
            throw BadInputException.at("--reference")
                    .found("nothing")
                    .expected("what samples are compared with")
                    .advice("make one from pictures with --make-reference OUT.npz")
                    .build();
        }
        if (making.given() && (reference.given() || shard != null || nearest.given())) {
            String other = reference.given() ? "--reference" : shard != null ? "--shard" : "--nearest";
            throw BadInputException.at("--make-reference")
                    .found("both it and " + other)
                    .expected("one: a reference is made of --samples, and nothing is scored")
                    .advice("features that shards have taken are used again by the same --cache")
                    .build();
        }
        fit.requireFit(samples, reference);
    }

    /** How a set is read. */
    private ImageReading reading(int channels, Optional<Fit> brought) {
        return new ImageReading(
                channels, brought, live.autoencoder(), ImageReading.colour().threads());
    }

    /** The folder is made, so that nothing is computed that cannot be kept. */
    private Path cacheFolder() throws IOException {
        Path folder = cache == null ? UserCache.folder() : cache;
        try {
            return Files.createDirectories(folder);
        } catch (FileSystemException e) {
            throw BadInputException.at("--cache " + folder)
                    .found("no folder, and none can be made there")
                    .expected("one that can be written to")
                    .cause(e)
                    .build();
        }
    }

    private void takeShare(Evaluator evaluator, ImageSource scored, SampleShard share, Path kept) throws IOException {
        int count = evaluator.share(scored, share.index(), share.count());
        PrintWriter out = spec.commandLine().getOut();
        if (count == 0) {
            PrintWriter err = spec.commandLine().getErr();
            err.printf(
                    Locale.ROOT,
                    "warning: part %s is empty: the network's pass is shared out in pieces of %d pictures, of which the"
                            + " %d samples have %d; take no more parts than that%n",
                    share,
                    FeatureExtraction.PIECE,
                    scored.count(),
                    FeatureExtraction.pieces(scored.count()));
            err.flush();
        }
        if (json == null || !json.equals("-")) {
            if (count == 0) {
                out.printf(Locale.ROOT, "part %s: no pictures%n", share);
            } else {
                out.printf(
                        Locale.ROOT,
                        "part %s: features of %d pictures are in %s; when all parts are there, the same command without --shard goes on%n",
                        share,
                        count,
                        kept);
            }
            out.flush();
        }
        JsonOutput.write(
                json,
                JsonMapper.shared()
                        .createObjectNode()
                        .put("shard", share.toString())
                        .put("pictures", count),
                out);
    }

    private void evaluate(
            Evaluator evaluator,
            Opened scored,
            NetworkOptions.Door door,
            Optional<NearestPictures> search,
            ToldFindings told,
            Progress progress)
            throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try (SetSource compared = reference.open(reading(
                door.channels(),
                fit.of(
                        reference.pictures(),
                        door.ofDigits() || (samples != null && ImageSources.areDigits(samples)))))) {
            Optional<ImageSource> pictured = search.map(asked -> nearest.beside(compared, scored.images(), asked));
            Evaluator.Outcome outcome = evaluator.evaluate(compared, scored.set());
            if (outcome.known()) {
                err.println("known already; nothing was computed again");
                err.flush();
            }
            JsonOutput.write(json, JsonMapper.shared().readTree(outcome.json()), out);
            if (json == null || !json.equals("-")) {
                out.print(EvaluationText.table(
                                scored.images().name() + " against " + compared.name(),
                                outcome.evaluation(),
                                told.texts())
                        .toText());
                out.flush();
            }
            if (search.isPresent() && pictured.isPresent()) {
                search.get()
                        .draw(
                                scored.images(),
                                evaluator.features(scored.images()),
                                pictured.get(),
                                evaluator.features(pictured.get()),
                                nearest.grid(),
                                "-".equals(json) ? err : out,
                                progress);
            }
        }
    }
}
