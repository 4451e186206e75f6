package org.ppflow.app.command.evaluate;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.command.SubCommand;
import org.ppflow.app.command.sample.LiveSampling;
import org.ppflow.app.command.sample.SessionFlags;
import org.ppflow.app.console.ConsoleProgress;
import org.ppflow.app.console.JsonOutput;
import org.ppflow.app.sample.SampleShard;
import org.ppflow.eval.extraction.FeatureSet;
import org.ppflow.eval.extraction.LazyNetwork;
import org.ppflow.eval.images.ImageReading;
import org.ppflow.eval.images.ImageSource;
import org.ppflow.eval.images.ImageSources;
import org.ppflow.eval.preflight.Finding;
import org.ppflow.eval.protocol.AdmProtocol;
import org.ppflow.eval.protocol.Evaluator;
import org.ppflow.eval.protocol.ExactProtocol;
import org.ppflow.eval.protocol.Extra;
import org.ppflow.eval.protocol.ReferenceSource;
import org.ppflow.eval.protocol.ScoringOptions;
import org.ppflow.eval.reference.ReferenceFile;
import org.ppflow.eval.reference.StoredMoments;
import org.ppflow.eval.reference.StoredStatistics;
import org.ppflow.eval.rows.FeatureRows;
import org.ppflow.eval.statistics.AdmStatistics;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.errors.Nearest;
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
            "Example: ppflow evaluate --reference VIRTUAL_imagenet256_labeled.npz --samples samples.npz \\",
            "             --network classify_image_graph_def.pb --json evaluation.json",
            "         ppflow evaluate diff evaluation.json --published \"PPF-B-2 7M\"",
            "         ppflow evaluate --reference ref.npz --network inception.pb --weights ppf.safetensors --count 50000",
            "         ppflow evaluate --make-reference ref.npz --samples imagenet/train --crop 256 --network inception.pb"
        })
public final class EvaluateCommand implements SubCommand {
    private static final int NEIGHBOURS = 5;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--reference",
            paramLabel = "A",
            description =
                    "What samples are compared with: pictures, or an npz in ADM's form with mu, sigma, mu_s, sigma_s beside or"
                            + " instead of its pictures.")
    private @Nullable String reference;

    @Option(names = "--samples", paramLabel = "B", description = "The pictures to score.")
    private @Nullable String samples;

    @Mixin
    private NetworkOptions network = new NetworkOptions();

    @Option(
            names = "--protocol",
            paramLabel = "NAMES",
            split = ",",
            description =
                    "adm, exact, or both with a comma between (default: both; exact alone for networks other than Inception).")
    private @Nullable List<String> protocols;

    @Option(
            names = "--more",
            paramLabel = "NAMES",
            split = ",",
            description =
                    "Further metrics of the protocol exact: kid, fid-infinity (FID at endless samples), intervals (bootstrap), or"
                            + " all.")
    private List<String> more = new ArrayList<>();

    @Option(
            names = "--nearest-k",
            paramLabel = "K",
            defaultValue = "3",
            description = "Neighbour that the balls of precision and recall reach (default: ${DEFAULT-VALUE}).")
    private int nearestK = 3;

    @Option(
            names = "--classifier",
            paramLabel = "FILE",
            description = "A run's classifier.safetensors: how often it sees the class that was asked for.")
    private @Nullable Path classifier;

    @Option(
            names = "--crop",
            paramLabel = "SIZE",
            description =
                    "Bring picture files to a square of this side by ADM's centre crop; without it they stay as they are.")
    private @Nullable Integer crop;

    @Option(
            names = "--nearest",
            paramLabel = "N",
            description =
                    "Show N samples beside the pictures of the reference that they look like most, with --nearest-grid.")
    private @Nullable Integer nearest;

    @Option(names = "--nearest-grid", paramLabel = "FILE.png", description = "Where that picture goes.")
    private @Nullable Path grid;

    @Option(
            names = "--make-reference",
            paramLabel = "OUT.npz",
            description =
                    "Make a reference of --samples in ADM's form instead: pictures, and the statistics of all of them.")
    private @Nullable Path makeReference;

    @Option(
            names = "--pictures",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Pictures that it keeps, for precision and recall (default: ${DEFAULT-VALUE}).")
    private int pictures = ReferenceFile.ADM_PICTURES;

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
        Set<Extra> extras = extras();
        ScoringOptions options = options(extras);
        requireOptionsFit();
        PrintWriter err = spec.commandLine().getErr();
        Progress progress = ConsoleProgress.of(err);
        NetworkOptions.Door door = network.door(session.options());
        try (LazyNetwork features = door.network();
                Opened scored = openSamples(door, err)) {
            ImageReading reading = reading(door.channels());
            Optional<LazyNetwork> classes = classes(door);
            try {
                Evaluator evaluator = new Evaluator(
                        new Evaluator.Setting(features, classes, protocols(features), options, cacheFolder()),
                        progress,
                        finding -> tell(finding, err));
                if (makeReference != null) {
                    makeReference(makeReference, evaluator, scored.images(), progress);
                } else if (share.isPresent()) {
                    takeShare(evaluator, scored.images(), share.get());
                } else {
                    evaluate(evaluator, scored.images(), reading, progress);
                }
            } finally {
                classes.filter(other -> other != features).ifPresent(LazyNetwork::close);
            }
        }
        return ExitCode.DONE;
    }

    /** The samples, and what is closed with them. */
    private record Opened(ImageSource images, @Nullable AutoCloseable sampler) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            images.close();
            if (sampler instanceof LiveSampling.Opened opened) {
                opened.close();
            }
        }
    }

    private Opened openSamples(NetworkOptions.Door door, PrintWriter err) throws IOException {
        if (live.given()) {
            LiveSampling.Opened opened = live.open(session, door.channels(), err);
            return new Opened(opened.images(), opened);
        }
        if (samples == null) {
            throw BadInputException.at("--samples")
                    .found("nothing")
                    .expected("pictures to score, or --weights to draw them from")
                    .build();
        }
        return new Opened(ImageSources.open(samples, reading(door.channels())), null);
    }

    private void requireOptionsFit() {
        if (live.given() && samples != null) {
            throw BadInputException.at("--samples " + samples)
                    .found("--weights beside it")
                    .expected("one of the two")
                    .build();
        }
        if (makeReference == null && shard == null && reference == null) {
            throw BadInputException.at("--reference")
                    .found("nothing")
                    .expected("what samples are compared with")
                    .advice("make one from pictures with --make-reference OUT.npz")
                    .build();
        }
        if ((nearest == null) != (grid == null)) {
            throw BadInputException.at(nearest == null ? "--nearest-grid " + grid : "--nearest " + nearest)
                    .found("one without the other")
                    .expected("--nearest N --nearest-grid FILE.png")
                    .build();
        }
        if (pictures < 1) {
            throw BadInputException.at("--pictures " + pictures)
                    .found("too small a number")
                    .expected("1 or more")
                    .build();
        }
    }

    private ImageReading reading(int channels) {
        ImageReading colour = ImageReading.colour();
        if (crop != null && (crop < 1 || crop > 8192)) {
            throw BadInputException.at("--crop " + crop)
                    .found("no size of a picture")
                    .expected("1 to 8192 pixels")
                    .build();
        }
        return new ImageReading(
                channels,
                crop == null ? OptionalInt.empty() : OptionalInt.of(crop),
                live.autoencoder(),
                colour.threads());
    }

    private Optional<LazyNetwork> classes(NetworkOptions.Door door) throws IOException {
        if (classifier != null) {
            return Optional.of(
                    NetworkOptions.classifier(classifier, session.options()).network());
        }
        return door.ownClasses() ? Optional.of(door.network()) : Optional.empty();
    }

    private List<String> protocols(LazyNetwork features) {
        List<String> known = List.of(AdmProtocol.NAME, ExactProtocol.NAME);
        if (protocols == null) {
            return features.identity().kind().equals("inception") ? known : List.of(ExactProtocol.NAME);
        }
        for (String name : protocols) {
            if (!known.contains(name)) {
                throw BadInputException.at("--protocol " + name)
                        .found("no such protocol")
                        .expected("adm, exact, or adm,exact")
                        .build();
            }
        }
        return protocols;
    }

    private Set<Extra> extras() {
        EnumSet<Extra> extras = EnumSet.noneOf(Extra.class);
        List<String> words = Arrays.stream(Extra.values()).map(Extra::word).toList();
        for (String name : more) {
            if (name.equals("all")) {
                extras.addAll(EnumSet.allOf(Extra.class));
                continue;
            }
            extras.add(Arrays.stream(Extra.values())
                    .filter(extra -> extra.word().equals(name))
                    .findFirst()
                    .orElseThrow(() -> BadInputException.at("--more " + name)
                            .found("no such metric")
                            .expected(String.join(", ", words) + " or all")
                            .advice(Nearest.to(name, words)
                                    .map(near -> "did you mean '" + near + "'?")
                                    .orElse("leave it out"))
                            .build()));
        }
        return extras;
    }

    private ScoringOptions options(Set<Extra> extras) {
        if (nearestK < 1 || nearestK > 100) {
            throw BadInputException.at("--nearest-k " + nearestK)
                    .found("too small or too large a number")
                    .expected("1 to 100; published numbers have 3")
                    .build();
        }
        return ScoringOptions.PUBLISHED.withNearestK(nearestK).with(extras);
    }

    private Path cacheFolder() {
        if (cache != null) {
            return cache;
        }
        String base = System.getenv("XDG_CACHE_HOME");
        Path caches =
                base == null || base.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(base);
        return caches.resolve("ppflow").resolve("evaluate");
    }

    private static void tell(Finding finding, PrintWriter err) {
        err.println(finding.severity().name().toLowerCase(Locale.ROOT) + ": " + finding.text());
        err.flush();
    }

    private void takeShare(Evaluator evaluator, ImageSource scored, SampleShard share) throws IOException {
        int count = evaluator.share(scored, share.index(), share.count());
        PrintWriter out = spec.commandLine().getOut();
        if (json == null || !json.equals("-")) {
            out.printf(
                    Locale.ROOT,
                    "part %s: features of %d pictures are in %s; when all parts are there, the same command without --shard goes on%n",
                    share,
                    count,
                    cacheFolder());
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

    private void evaluate(Evaluator evaluator, ImageSource scored, ImageReading reading, Progress progress)
            throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (ReferenceSource compared = ReferenceSource.open(String.valueOf(reference), reading)) {
            if (nearest != null && compared.images().isEmpty()) {
                throw BadInputException.at("--nearest " + nearest)
                        .found(compared.name() + " with statistics alone")
                        .expected("a reference with pictures")
                        .build();
            }
            Evaluator.Outcome outcome = evaluator.evaluate(compared, scored);
            if (outcome.known()) {
                spec.commandLine().getErr().println("known already; nothing was computed again");
                spec.commandLine().getErr().flush();
            }
            if (json == null || !json.equals("-")) {
                out.print(EvaluationText.table(scored.name() + " against " + compared.name(), outcome.evaluation())
                        .toText());
                out.flush();
            }
            if (nearest != null && grid != null) {
                ImageSource pictured = compared.images().orElseThrow();
                new NearestPictures(nearest, NEIGHBOURS)
                        .draw(
                                scored,
                                evaluator.features(scored),
                                pictured,
                                evaluator.features(pictured),
                                grid,
                                "-".equals(json) ? spec.commandLine().getErr() : out,
                                progress);
            }
            JsonOutput.write(json, JsonMapper.shared().readTree(outcome.json()), out);
        }
    }

    private void makeReference(Path target, Evaluator evaluator, ImageSource images, Progress progress)
            throws IOException {
        FeatureSet set = evaluator.features(images);
        if (set.spatial().size() == 0) {
            throw BadInputException.at("--make-reference " + target)
                    .found("a network without spatial features")
                    .expected("Inception, or another with --spatial NAME: a reference holds mu_s and sigma_s")
                    .build();
        }
        ReferenceFile.write(
                target,
                images,
                pictures,
                new StoredStatistics(moments(set.features()), moments(set.spatial())),
                progress);
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "%s: statistics of %d pictures, %d of them beside%n",
                        target,
                        set.count(),
                        Math.min(pictures, set.count()));
        spec.commandLine().getOut().flush();
    }

    private static StoredMoments moments(FeatureRows rows) {
        AdmStatistics statistics = AdmStatistics.of(rows);
        return new StoredMoments(statistics.mean(), statistics.covariance(), statistics.singlePrecision());
    }
}
