package org.ppflow.app.command.sample;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.ExitCode;
import org.ppflow.app.command.ExperimentOptions;
import org.ppflow.app.command.GuidanceOptions;
import org.ppflow.app.command.ModelOptions;
import org.ppflow.app.command.SubCommand;
import org.ppflow.app.config.ConfigReader;
import org.ppflow.app.console.ConsoleProgress;
import org.ppflow.app.console.JsonOutput;
import org.ppflow.app.experiment.RunOptions;
import org.ppflow.app.run.RunLock;
import org.ppflow.app.sample.LatentDecoder;
import org.ppflow.app.sample.LedgerReport;
import org.ppflow.app.sample.SampleFormat;
import org.ppflow.app.sample.SampleJob;
import org.ppflow.app.sample.SampleRun;
import org.ppflow.app.sample.SampleShard;
import org.ppflow.app.sample.SampleStart;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.model.DitConfig;
import org.ppflow.flow.model.ModelDescription;
import org.ppflow.flow.sampling.Guidance;
import org.ppflow.flow.sampling.LevelNetworks;
import org.ppflow.flow.sampling.Rescheduled;
import org.ppflow.flow.sampling.SampleClasses;
import org.ppflow.flow.sampling.Sampler;
import org.ppflow.flow.sampling.SamplingCost;
import org.ppflow.flow.sampling.SamplingGraph;
import org.ppflow.flow.sampling.SamplingLedger;
import org.ppflow.flow.sampling.SamplingMethod;
import org.ppflow.flow.sampling.SamplingPlan;
import org.ppflow.flow.transport.Transport;
import org.ppflow.nn.errors.BadInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ppflow sample}: samples of a model, to disk. */
@Command(
        name = "sample",
        description = {
            "Draw samples of a model: from a seed and a count, or from given noise.",
            "A sample depends on the seed and its index alone. Killed and started again with the same command, it goes on."
        },
        footer = {
            "",
            "Example: ppflow sample --weights runs/quickstart/models/ppf-2/checkpoints/00001876/ema-0.99.safetensors \\",
            "             --count 64 --guidance 2 --decode --output digits.npz",
            "         ppflow sample configs/quickstart.yaml",
            "         ppflow sample --weights model.pt --noise noise.npz --output latents.npz --solver heun --points 250"
        })
public final class SampleCommand implements SubCommand {
    private static final String BESIDE = "beside";
    private static final String AUTO = "auto";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Mixin
    private MethodOptions method = new MethodOptions();

    @Mixin
    private GuidanceOptions guidance = new GuidanceOptions();

    @Mixin
    private GuideOptions guide = new GuideOptions();

    @Mixin
    private SessionFlags session = new SessionFlags();

    @Option(names = "--output", paramLabel = "OUT", description = "NAME.npz, NAME.arrow (latents), or a folder of PNG.")
    private @Nullable Path output;

    @Option(
            names = "--noise",
            paramLabel = "IN.npz",
            description =
                    "Start from its x0 [N,C,H,W], with its classes y [N]; with --reverse from data, its x1 (else x0).")
    private @Nullable Path noise;

    @Option(names = "--count", paramLabel = "N", description = "How many samples (default: all given noise, else 16).")
    private @Nullable Long count;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Seed of noise, classes and SDE (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--classes",
            paramLabel = "WHICH",
            description =
                    "balanced (equal counts, shuffled; default), uniform, null, a list and ranges as 1,5,10-19, or a file with a"
                            + " class a line or y of an npz.")
    private @Nullable String classes;

    @Option(
            names = "--batch",
            paramLabel = "N|auto",
            defaultValue = "16",
            description =
                    "Samples that pass the network together, recorded with the samples (default: ${DEFAULT-VALUE}); auto measures"
                            + " which is fastest here. Another batch changes the last digits.")
    private String batch = "16";

    @Option(
            names = "--decode",
            paramLabel = "DATA",
            arity = "0..1",
            fallbackValue = BESIDE,
            description =
                    "Make pictures, with codec and scale of this data set's folder (default: the data set of the run that the"
                            + " weights lie in).")
    private @Nullable String decode;

    @Option(names = "--reverse", description = "From data (t = 1) to noise (t = 0), with an ODE solver.")
    private boolean reverse;

    @Option(
            names = "--shard",
            paramLabel = "i/n",
            defaultValue = "0/1",
            description = "Draw the i-th of n parts, i from 0; one after another they are the whole.")
    private String shard = "0/1";

    @Option(names = "--overwrite", description = "Replace an output, or unfinished parts, of other settings.")
    private boolean overwrite;

    @Option(names = "--dry-run", description = "Print the ledger and stop.")
    private boolean dryRun;

    @Option(
            names = "--json",
            paramLabel = "FILE|-",
            description = "Write settings, ledger and speed as JSON; - for standard output.")
    private @Nullable String json;

    @Parameters(
            arity = "0..1",
            paramLabel = "CONFIG",
            description =
                    "A config: the samples of its experiment instead, with the data and the training that they need; goes with --set"
                            + " and --runs alone.")
    private @Nullable Path experiment;

    @Option(names = "--set", paramLabel = "PATH=VALUE", description = "Override a key of CONFIG.")
    private List<String> overrides = new ArrayList<>();

    @Option(
            names = "--runs",
            paramLabel = "DIR",
            defaultValue = "runs",
            description = "Folder of all runs of configs (default: ${DEFAULT-VALUE}).")
    private Path runs = Path.of("runs");

    @Override
    public Integer call() throws IOException {
        if (experiment != null) {
            return sampleExperiment(experiment);
        }
        Path target = output;
        if (target == null || target.getFileName() == null) {
            throw BadInputException.at("--output")
                    .found("nothing")
                    .expected("NAME.npz, NAME.arrow, or a folder for PNG")
                    .build();
        }
        return sampleWeights(target);
    }

    private int sampleExperiment(Path config) throws IOException {
        if (model.given() || output != null || noise != null) {
            throw BadInputException.at("sample " + config)
                    .found("a config beside --weights, --output or --noise")
                    .expected("the samples of an experiment, or those of weights")
                    .build();
        }
        List<String> typed = new ArrayList<>(List.of("ppflow"));
        typed.addAll(spec.root().commandLine().getParseResult().originalArgs());
        RunOptions options = new RunOptions(
                runs,
                RunOptions.Until.SAMPLES,
                dryRun,
                json,
                typed,
                spec.commandLine().getOut(),
                spec.commandLine().getErr());
        ExperimentOptions.installedRunner().run(ConfigReader.read(config, overrides), options);
        return ExitCode.DONE;
    }

    private int sampleWeights(Path target) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        JsonOutput.requireWritable(json);
        SampleShard part = SampleShard.parse(shard);
        try (ModelOptions.ForSampling opened = model.openForSampling(err)) {
            DitConfig config = opened.file().description().config();
            LevelSchedule own = opened.file().description().schedule();
            LevelSchedule schedule = opened.schedule();
            schedule.requireTiles(config.height(), config.width());
            Transport transport = method.transport(opened.file().description().transport());
            SamplingMethod how = method.method(schedule, transport, reverse, err);
            Guidance scales = guidance.guidance(schedule, config, guide.file().isPresent());
            SamplingPlan plan = new SamplingPlan(how, transport, scales, guidance.boundary());
            SampleStart start = start(config);
            long samples = samples(start);
            SampleClasses labels = ClassesOption.parse(classes == null ? "balanced" : classes, config);
            var levels = Rescheduled.levels(own, schedule);
            SamplingCost cost = new SamplingCost(config.flops(), schedule, own.smallestPatch());
            try (Resources resources = new Resources(decoder(config), guide.open(config, session.options()))) {
                Optional<SamplingCost> guideCost = resources.guide.map(weak -> new SamplingCost(
                        weak.description().config().flops(), weak.description().schedule()));
                printLedger(plan, cost, guideCost, dryRun && !"-".equals(json) ? out : err);
                if (dryRun) {
                    if (json != null) {
                        JsonOutput.write(json, dryLedger(plan, cost, guideCost), out);
                    }
                    return ExitCode.DONE;
                }
                SampleFormat format = SampleFormat.of(target);
                if (format == SampleFormat.PNG && resources.decoder.isEmpty()) {
                    throw BadInputException.at("--output " + target)
                            .found("a folder for pictures, and no --decode")
                            .expected("--decode, or a name that ends in .npz or .arrow for latents")
                            .build();
                }
                if (reverse && resources.decoder.isPresent()) {
                    throw BadInputException.at("--reverse")
                            .found("noise to be decoded into pictures")
                            .expected("latents: no --decode, and an output .npz or .arrow")
                            .build();
                }
                try (SamplingGraph graph =
                        SamplingGraph.open(opened.file().file(), opened.file().description(), session.options())) {
                    LevelNetworks networks = new Rescheduled(graph, schedule, levels);
                    int rows = rows(graph, samples, err);
                    Sampler sampler = new Sampler(seed, config, plan, labels, rows);
                    SampleJob job = job(
                            sampler,
                            start,
                            samples,
                            part,
                            target,
                            format,
                            resources.decoder,
                            cost,
                            guideCost,
                            schedule,
                            opened.file().description(),
                            guide.source(resources.guide));
                    JsonNode result = draw(job, networks, resources.guide.map(LevelNetworks.class::cast), err);
                    report(job, result, out);
                }
            }
        }
        return ExitCode.DONE;
    }

    private JsonNode draw(SampleJob job, LevelNetworks networks, Optional<LevelNetworks> weak, PrintWriter err)
            throws IOException {
        try (RunLock lock = RunLock.beside(job.output(), "drawing these samples", "choose another --output")) {
            return drawLocked(job, networks, weak, err);
        }
    }

    private static JsonNode drawLocked(
            SampleJob job, LevelNetworks networks, Optional<LevelNetworks> weak, PrintWriter err) throws IOException {
        SampleRun run = new SampleRun(job, ConsoleProgress.of(err));
        Optional<JsonNode> known = run.finished();
        if (known.isPresent()) {
            err.println(job.output() + " is finished; nothing was done again");
            err.flush();
            return known.get();
        }
        run.draw(networks, weak);
        return run.record();
    }

    private void report(SampleJob job, JsonNode result, PrintWriter out) throws IOException {
        if (json == null || !json.equals("-")) {
            out.printf(
                    Locale.ROOT,
                    "%s: %d samples, NFE %.4g, %.4g GFLOPs an image (%.1f %% of SiT's), %.3g images/s%n",
                    job.output(),
                    job.samples(),
                    result.get("ledger").get("nfe").asDouble(),
                    result.get("ledger").get("all").get("gflops_per_image").asDouble(),
                    100 * result.get("ledger").get("all").get("share_of_sit").asDouble(),
                    result.get("images_per_s").asDouble());
            out.flush();
        }
        JsonOutput.write(json, result, out);
    }

    /** A solver that chooses its steps has no count before it has run. */
    private static JsonNode dryLedger(SamplingPlan plan, SamplingCost cost, Optional<SamplingCost> guideCost) {
        return plan.method().countable()
                ? LedgerReport.toJson(SamplingLedger.count(cost, plan, guideCost))
                : JsonMapper.shared()
                        .createObjectNode()
                        .put("solver", plan.method().name())
                        .putNull("nfe");
    }

    private static void printLedger(
            SamplingPlan plan, SamplingCost cost, Optional<SamplingCost> guideCost, PrintWriter target) {
        if (plan.method().countable()) {
            target.print(LedgerReport.toText(SamplingLedger.count(cost, plan, guideCost)));
        } else {
            target.println(plan.method().name() + " chooses its steps: its evaluations are counted as it runs");
        }
        target.flush();
    }

    private SampleStart start(DitConfig config) throws IOException {
        if (noise == null) {
            if (reverse) {
                throw BadInputException.at("--reverse")
                        .found("no data to start from")
                        .expected("--noise IN.npz with x1 [N,C,H,W]")
                        .build();
            }
            return new SampleStart.Seeded();
        }
        SampleStart.Given given = StartFile.read(noise, config, reverse);
        if (classes != null && given.classes().isPresent()) {
            throw BadInputException.at("--classes " + classes)
                    .found(noise + " with classes y of its own")
                    .expected("one of the two")
                    .build();
        }
        return given;
    }

    private long samples(SampleStart start) {
        long there = start instanceof SampleStart.Given given ? given.all().rows() : Long.MAX_VALUE;
        long wanted = count == null ? (noise == null ? 16 : there) : count;
        if (wanted < 1 || wanted > there || wanted > Integer.MAX_VALUE) {
            throw BadInputException.at("--count " + wanted)
                    .found(wanted < 1 ? "too small a number" : "more samples than there can be")
                    .expected("1 to " + Math.min(there, Integer.MAX_VALUE))
                    .build();
        }
        return wanted;
    }

    private int rows(SamplingGraph graph, long samples, PrintWriter err) {
        if (batch.equals(AUTO)) {
            int fastest = FastestBatch.of(graph, graph.description(), samples);
            err.println("batch " + fastest + " is fastest here");
            err.flush();
            return fastest;
        }
        try {
            int rows = Integer.parseInt(batch);
            if (rows >= 1 && rows <= 65_536) {
                return rows;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw BadInputException.at("--batch " + batch)
                .found("no batch")
                .expected("a number from 1 to 65536, or " + AUTO)
                .build();
    }

    private Optional<LatentDecoder> decoder(DitConfig config) throws IOException {
        if (decode == null) {
            return Optional.empty();
        }
        Path folder = decode.equals(BESIDE) ? LatentDecoder.beside(model.weights()) : Path.of(decode);
        if (!Files.isDirectory(folder)) {
            throw BadInputException.at("--decode " + folder)
                    .found("no such folder")
                    .expected("a data set with its manifest.json")
                    .build();
        }
        return Optional.of(LatentDecoder.open(folder, config));
    }

    private SampleJob job(
            Sampler sampler,
            SampleStart start,
            long samples,
            SampleShard part,
            Path target,
            SampleFormat format,
            Optional<LatentDecoder> decoder,
            SamplingCost cost,
            Optional<SamplingCost> guideCost,
            LevelSchedule schedule,
            ModelDescription described,
            Optional<SampleSettings.Source> weak)
            throws IOException {
        String settings = SampleSettings.toJson(
                sampler,
                new SampleSettings.Files(
                        new SampleSettings.Source(model.weights(), model.which(), described),
                        Optional.ofNullable(noise),
                        weak),
                schedule,
                decoder,
                samples + " of shard " + part,
                session.arithmetic() + ", " + format);
        try {
            return new SampleJob(
                    "sample",
                    sampler,
                    start,
                    samples,
                    part,
                    target,
                    target.resolveSibling(target.getFileName() + ".parts"),
                    format,
                    decoder,
                    cost,
                    guideCost,
                    settings,
                    overwrite);
        } catch (IllegalArgumentException e) {
            throw BadInputException.at("--count " + samples + " --shard " + part)
                    .found(String.valueOf(e.getMessage()))
                    .expected("at least one batch for every shard")
                    .cause(e)
                    .build();
        }
    }

    /** What is closed at the end. */
    private record Resources(Optional<LatentDecoder> decoder, Optional<SamplingGraph> guide) implements AutoCloseable {
        @Override
        public void close() {
            decoder.ifPresent(LatentDecoder::close);
            guide.ifPresent(SamplingGraph::close);
        }
    }
}
