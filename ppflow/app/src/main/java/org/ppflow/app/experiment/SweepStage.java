package org.ppflow.app.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.app.config.SamplingConfig;
import org.ppflow.app.console.ConsoleProgress;
import org.ppflow.app.record.SealedJson;
import org.ppflow.app.run.RunFolder;
import org.ppflow.app.sample.SampleResult;
import org.ppflow.eval.cache.UserCache;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.model.ModelDescription;
import org.ppflow.flow.model.ModelWeights;
import org.ppflow.flow.sampling.LevelNetworks;
import org.ppflow.flow.sampling.OdeSolvers;
import org.ppflow.flow.sampling.Rescheduled;
import org.ppflow.flow.sampling.Sampler;
import org.ppflow.flow.sampling.SamplingCost;
import org.ppflow.flow.sampling.SamplingGraph;
import org.ppflow.flow.sampling.SamplingLedger;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.AtomicFiles;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.provenance.Code;
import org.ppflow.nn.session.SessionOptions;
import org.ppflow.nn.weights.Safetensors;
import org.ppflow.nn.weights.TensorFile;

/**
 * Draws samples of one trained model in many ways and scores each. All start from the same noise and have the same classes. What was scored is kept in
 * {@code sweeps/points} of the run's folder and not done again by the same code, whichever sweep asks for it. Holds the run's lock, the network and what scores while it is open.
 */
public final class SweepStage implements AutoCloseable {
    private static final String FOLDER = "sweeps";
    private static final String PARTS = "parts";
    private static final SealedJson<Score> POINT = new SealedJson<>("ppflow-point-1", Score.class, "the sweep");

    private final ExperimentConfig config;
    private final ModelDescription model;
    private final RunFolder run;
    private final DataStage data;
    private final CandidateScoring scoring;
    private final SamplingStage sampling;
    private final SamplingGraph graph;
    private final String weightsHash;

    /**
     * What came out of one way of sampling.
     *
     * @param inputs hash of all it follows from
     * @param metrics by name
     * @param nfe evaluations of one sample
     * @param flops of one sample, blocks only, guidance counted
     */
    public record Score(String inputs, Map<String, Double> metrics, double nfe, double flops) {
        public Score {
            metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        }
    }

    private SweepStage(
            ExperimentConfig config,
            ModelDescription model,
            RunFolder run,
            DataStage data,
            CandidateScoring scoring,
            SamplingStage sampling,
            SamplingGraph graph,
            String weightsHash) {
        this.config = config;
        this.model = model;
        this.run = run;
        this.data = data;
        this.scoring = scoring;
        this.sampling = sampling;
        this.graph = graph;
        this.weightsHash = weightsHash;
    }

    /**
     * Opens a model of a config. Data, the classifier where it scores, and, without other weights, the training of all its models are done where they are not.
     *
     * @param schedule of the model, one of the config's
     * @param weights other weights of the same network, which say what they are; empty for those of the config's run
     * @throws BadInputException if they are of another network, there is nothing to compare with, or what scores does not fit
     */
    public static SweepStage open(
            ExperimentConfig config, LevelSchedule schedule, Optional<Path> weights, RunOptions options)
            throws IOException {
        ModelPlan plan = ModelPlan.of(config, schedule);
        if (weights.isPresent()) {
            requireSameNetwork(weights.get(), plan.description());
        } else {
            new NamedFiles(config).require(RunOptions.Until.REPORT);
            new Experiment().run(config, options.quietly(RunOptions.Until.WEIGHTS));
        }
        RunFolder run = RunFolder.open(options.root(), options.runs(), config, options::onConfig);
        try {
            return open(config, plan, run, weights, options);
        } catch (IOException | RuntimeException e) {
            run.close();
            throw e;
        }
    }

    private static SweepStage open(
            ExperimentConfig config, ModelPlan plan, RunFolder run, Optional<Path> weights, RunOptions options)
            throws IOException {
        Progress progress = ConsoleProgress.of(options.err());
        SessionOptions session = new SessionOptions(
                config.runtime().threads(),
                config.runtime().precision(),
                config.runtime().xla());
        run.workBy(Code.current(), caution -> progress.say("Caution: " + caution));
        DataStage data = new DataStage(config, run, progress);
        CandidateScoring scoring = config.evaluation().byNetwork()
                ? new NetworkScoring(
                        new NetworkStage(
                                config,
                                run,
                                data,
                                options.cache().orElseGet(UserCache::folder),
                                session,
                                Progress.NONE),
                        plan)
                : new ClassifierScoring(
                        data,
                        new ClassifierStage(config, run, data, session, progress),
                        new ClassifierStage(config, run, data, session, Progress.NONE));
        try {
            data.prepare();
            scoring.prepare();
            Path file = weights.orElseGet(() -> TrainingStage.weights(run.path(), config, plan));
            return new SweepStage(
                    config,
                    plan.description(),
                    run,
                    data,
                    scoring,
                    new SamplingStage(config, run, data, session, progress),
                    SamplingGraph.open(file, session),
                    Sha256.of(file));
        } catch (IOException | RuntimeException e) {
            scoring.close();
            data.close();
            throw e;
        }
    }

    private static void requireSameNetwork(Path weights, ModelDescription wanted) throws IOException {
        ModelDescription found;
        try (TensorFile file = Safetensors.open(weights)) {
            found = ModelWeights.description(file);
        }
        if (!found.config().equals(wanted.config())
                || !found.schedule().hasNetworkOf(wanted.schedule())
                || !found.transport().equals(wanted.transport())) {
            throw BadInputException.at("--weights " + weights)
                    .found(found.config() + ", " + found.schedule().levels() + ", " + found.transport())
                    .expected("the config's " + wanted.config() + ", "
                            + wanted.schedule().levels() + ", " + wanted.transport())
                    .build();
        }
    }

    /**
     * What a sample would cost by counting; nothing is opened.
     *
     * @param schedule of the model
     * @param way how it is sampled
     * @param levels that it is sampled with
     */
    public static Optional<SamplingLedger> cost(
            ExperimentConfig config, LevelSchedule schedule, SamplingConfig way, LevelSchedule levels) {
        ModelDescription model = ModelPlan.of(config, schedule).description();
        return ModelPlan.ledger(
                cost(model, levels),
                ModelPlan.sampler(config, model.config(), way, levels).plan());
    }

    private static SamplingCost cost(ModelDescription model, LevelSchedule levels) {
        return new SamplingCost(model.config().flops(), levels, model.schedule().smallestPatch());
    }

    /** Hash of the weights. */
    public String weightsHash() {
        return weightsHash;
    }

    /** Hash of the pictures. */
    public String picturesHash() throws IOException {
        return data.picturesHash();
    }

    /** Where sweeps of this run lie. */
    public Path folder() {
        return run.resolve(FOLDER);
    }

    /** The score of a way of sampling, if it was scored before. */
    public Optional<Score> known(SamplingConfig way, LevelSchedule levels) throws IOException {
        String inputs = inputs(way, levels);
        Path file = point(inputs);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(POINT.read(file)).filter(score -> score.inputs().equals(inputs));
        } catch (BadInputException e) {
            return Optional.empty(); // cut off or changed: scored again
        }
    }

    /**
     * Draws and scores, unless that is done. A killed drawing goes on at its last finished batch.
     *
     * @param name for progress
     * @param way how many samples, solver, steps, guidance
     * @param levels the model's, or others with its patches
     */
    public Score score(String name, SamplingConfig way, LevelSchedule levels) throws IOException {
        Optional<Score> known = known(way, levels);
        if (known.isPresent()) {
            return known.get();
        }
        String inputs = inputs(way, levels);
        Sampler sampler = ModelPlan.sampler(config, model.config(), way, levels);
        LevelNetworks networks = levels.levels().equals(graph.schedule().levels())
                ? graph
                : new Rescheduled(graph, levels, Rescheduled.levels(graph.schedule(), levels));
        Path samples = scratch().resolve("samples.npz");
        SampleResult drawn = sampling.draw(
                networks,
                sampler,
                cost(model, levels),
                new SamplingStage.Target(name, way.count(), samples, scratch().resolve(PARTS), inputs));
        Score score = new Score(
                inputs,
                scoring.score(name, samples, sampler.labels(0, way.count())),
                drawn.ledger().nfe(),
                drawn.ledger().blocksOfPasses());
        POINT.write(point(inputs), score);
        return score;
    }

    private String inputs(SamplingConfig way, LevelSchedule levels) throws IOException {
        return StageJson.hashWith(
                OdeSolvers.extension(way.solver()),
                weightsHash,
                way,
                levels.levels().toString(),
                config.seed(),
                config.evaluation(),
                data.latentsHash(),
                data.picturesHash(),
                scoring.hash(),
                config.runtime().arithmetic(),
                Code.hashOf("nn", "data", "eval", "flow", "app.sample", "app.experiment"));
    }

    private Path point(String inputs) {
        return folder().resolve("points").resolve(inputs.substring(0, 16) + ".json");
    }

    /** The samples of the last score go, unless a drawing was broken off. */
    private void tidy() throws IOException {
        if (!Files.exists(scratch().resolve(PARTS))) {
            AtomicFiles.deleteRecursively(scratch());
        }
    }

    private Path scratch() {
        return folder().resolve("scratch");
    }

    @Override
    public void close() throws IOException {
        try (RunFolder lock = run) {
            graph.close();
            scoring.close();
            data.close();
            tidy();
        }
    }
}
