package org.ppflow.app.command.sample;

import java.io.IOException;
import java.io.PrintWriter;
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
import org.ppflow.app.console.OutputPlace;
import org.ppflow.app.console.Program;
import org.ppflow.app.experiment.RunOptions;
import org.ppflow.app.load.BusyMachine;
import org.ppflow.app.load.LoadJson;
import org.ppflow.app.run.RunLock;
import org.ppflow.app.run.RunsFolder;
import org.ppflow.app.sample.LatentDecoder;
import org.ppflow.app.sample.LedgerReport;
import org.ppflow.app.sample.SampleCodes;
import org.ppflow.app.sample.SampleFormat;
import org.ppflow.app.sample.SampleJob;
import org.ppflow.app.sample.SampleRun;
import org.ppflow.app.sample.SampleShard;
import org.ppflow.app.sample.SampleStart;
import org.ppflow.flow.model.DitConfig;
import org.ppflow.flow.model.ModelDescription;
import org.ppflow.flow.sampling.LevelNetworks;
import org.ppflow.flow.sampling.Sampler;
import org.ppflow.flow.sampling.SamplingCost;
import org.ppflow.flow.sampling.SamplingGraph;
import org.ppflow.flow.sampling.SamplingPlan;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.provenance.Code;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

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
            "         ppflow sample --weights model.pt --count 1000 --decode mine-256 --output pictures --by-class",
            "         ppflow sample configs/quickstart.yaml",
            "         ppflow sample --weights model.pt --noise noise.npz --output latents.npz --solver heun --points 250"
        })
public final class SampleCommand implements SubCommand {
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
    private StartOptions start = new StartOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private SessionFlags session = new SessionFlags();

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
            description =
                    "Folder of all runs of configs (default: that of the run which keeps CONFIG, runs for any other config).")
    private @Nullable Path runs;

    @Override
    public Integer call() throws IOException {
        if (experiment != null) {
            return sampleExperiment(experiment);
        }
        return sampleWeights();
    }

    private int sampleExperiment(Path config) throws IOException {
        if (model.given() || output.given() || start.noise().isPresent()) {
            throw BadInputException.at("sample " + config)
                    .found("a config beside --weights, --output or --noise")
                    .expected("the samples of an experiment, or those of weights")
                    .build();
        }
        JsonOutput.requireWritable(json);
        Path folder = RunsFolder.of(runs, config, overrides);
        OutputPlace.requireFolder("--runs", folder);
        List<String> typed =
                Program.words(spec.root().commandLine().getParseResult().originalArgs());
        RunOptions options = new RunOptions(
                folder,
                RunOptions.Until.SAMPLES,
                dryRun,
                json,
                typed,
                spec.commandLine().getOut(),
                spec.commandLine().getErr());
        ExperimentOptions.installedRunner().run(ConfigReader.read(config, overrides), options);
        return ExitCode.DONE;
    }

    private int sampleWeights() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        JsonOutput.requireWritable(json);
        SampleFormat format = output.format(start.reverse());
        SampleShard part = output.shard();
        Optional<Integer> batch = output.rows();
        try (ModelOptions.ForSampling opened = model.openForSampling(err)) {
            SamplingSetup setup = SamplingSetup.of(opened, method, guidance, guide, start, err);
            DitConfig config = setup.described().config();
            SamplingPlan plan = setup.plan();
            SampleStart from = setup.start();
            long samples = setup.samples();
            SamplingCost cost = setup.cost();
            try (Resources resources =
                    Resources.open(output.decoder(model.weights(), config), guide, setup.described(), session)) {
                Optional<SamplingCost> guideCost = resources.guide.map(weak -> new SamplingCost(
                        weak.description().config().flops(), weak.description().schedule()));
                PrintWriter ledger = dryRun && !"-".equals(json) ? out : err;
                ledger.print(LedgerReport.planned(plan, cost, guideCost));
                ledger.flush();
                if (dryRun) {
                    JsonOutput.write(json, LedgerReport.plannedJson(plan, cost, guideCost), out);
                    return ExitCode.DONE;
                }
                try (SamplingGraph graph =
                        SamplingGraph.open(opened.file().file(), setup.described(), session.options())) {
                    LevelNetworks networks = setup.networks(graph);
                    int rows = batch.isPresent() ? batch.get() : BatchOption.fastest(graph, samples, err);
                    Sampler sampler = setup.sampler(start.seed(), rows);
                    String settings = SampleSettings.toJson(
                            sampler,
                            new SampleSettings.Files(
                                    new SampleSettings.Source(model.weights(), model.which(), setup.described()),
                                    start.noise(),
                                    guide.source(resources.guide)),
                            setup.schedule(),
                            resources.decoder,
                            samples + " of shard " + part,
                            session.arithmetic() + ", " + format);
                    SampleJob job = job(sampler, from, samples, format, resources.decoder, cost, guideCost, settings);
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

    private JsonNode drawLocked(SampleJob job, LevelNetworks networks, Optional<LevelNetworks> weak, PrintWriter err)
            throws IOException {
        Code code = SampleCodes.current();
        SampleRun run =
                new SampleRun(job, ConsoleProgress.of(err), session.options().threads(), Optional.of(code));
        Optional<JsonNode> known = run.finished();
        if (known.isPresent()) {
            err.println(job.output() + " is finished; nothing was done again");
            SampleCodes.of(known.get())
                    .otherThan(code)
                    .ifPresent(
                            other -> err.println(
                                    "Caution: it was " + other
                                            + "; to see what this code draws, choose another --output, or give --overwrite to replace it"));
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
            SampleCodes.of(result).mixed().ifPresent(mixed -> out.println("Caution: " + mixed));
            BusyMachine.sentence(LoadJson.share(result), "it was drawn", "images/s are")
                    .ifPresent(out::println);
            out.flush();
        }
        JsonOutput.write(json, result, out);
    }

    private SampleJob job(
            Sampler sampler,
            SampleStart from,
            long samples,
            SampleFormat format,
            Optional<LatentDecoder> decoder,
            SamplingCost cost,
            Optional<SamplingCost> guideCost,
            String settings) {
        Path target = output.target();
        try {
            return new SampleJob(
                    "sample",
                    sampler,
                    from,
                    samples,
                    output.shard(),
                    target,
                    target.resolveSibling(target.getFileName() + ".parts"),
                    format,
                    decoder,
                    cost,
                    guideCost,
                    settings,
                    output.overwrite());
        } catch (IllegalArgumentException e) {
            throw BadInputException.at("--count " + samples + " --shard " + output.shard())
                    .found(String.valueOf(e.getMessage()))
                    .expected("at least one batch for every shard")
                    .cause(e)
                    .build();
        }
    }

    /** What is closed at the end. */
    private record Resources(Optional<LatentDecoder> decoder, Optional<SamplingGraph> guide) implements AutoCloseable {
        /** Opens the guide; the decoder is closed where that fails. */
        static Resources open(
                Optional<LatentDecoder> decoder, GuideOptions guide, ModelDescription guided, SessionFlags session)
                throws IOException {
            try {
                return new Resources(decoder, guide.open(guided, session.options()));
            } catch (IOException | RuntimeException e) {
                decoder.ifPresent(LatentDecoder::close);
                throw e;
            }
        }

        @Override
        public void close() {
            decoder.ifPresent(LatentDecoder::close);
            guide.ifPresent(SamplingGraph::close);
        }
    }
}
