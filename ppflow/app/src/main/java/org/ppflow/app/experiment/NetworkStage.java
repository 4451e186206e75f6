package org.ppflow.app.experiment;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ppflow.app.config.EvaluationConfig;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.app.console.Program;
import org.ppflow.app.run.RunFolder;
import org.ppflow.app.run.StepFiles;
import org.ppflow.data.picture.PictureBatch;
import org.ppflow.eval.extraction.LazyNetwork;
import org.ppflow.eval.feature.FeatureNetwork;
import org.ppflow.eval.feature.NetworkIdentity;
import org.ppflow.eval.images.ImageReading;
import org.ppflow.eval.inception.InceptionNetworks;
import org.ppflow.eval.protocol.Evaluation;
import org.ppflow.eval.protocol.Evaluator;
import org.ppflow.eval.protocol.ScoringOptions;
import org.ppflow.eval.protocol.SetSource;
import org.ppflow.eval.reference.StoredMoments;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.AtomicFiles;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.session.SessionOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores the samples of each model by the features of a network that the config names, against a reference, as the command {@code evaluate} does: with its
 * cache, so that a reference passes the network once. Samples are read from their file in batches.
 */
final class NetworkStage implements Scoring {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkStage.class);
    private static final InceptionNetworks.Form FORM = InceptionNetworks.Form.NATIVE;
    private static final int COLOURS = 3;

    private final EvaluationConfig config;
    private final RunFolder run;
    private final DataStage data;
    private final Path cache;
    private final SessionOptions session;
    private final Progress progress;

    /**
     * @param cache folder of features and results
     * @param session its threads are used
     */
    NetworkStage(
            ExperimentConfig config,
            RunFolder run,
            DataStage data,
            Path cache,
            SessionOptions session,
            Progress progress) {
        this.config = config.evaluation();
        this.run = run;
        this.data = data;
        this.cache = cache;
        this.session = session;
        this.progress = progress;
    }

    /** As {@link #require}; not where all models have scores. */
    @Override
    public void prepare(List<ModelPlan> plans) throws IOException {
        if (!plans.stream().allMatch(plan -> Files.exists(run.resolve(output(plan))))) {
            require(plans.get(0));
        }
    }

    /**
     * Opens network, reference and autoencoder once, before a training or a sampling whose samples they are for. Takes seconds and holds nothing afterwards.
     *
     * @throws BadInputException if one is not there, or they do not fit together
     */
    void require(ModelPlan model) throws IOException {
        requireCache();
        requireColour(model);
        try (FeatureNetwork network = InceptionNetworks.open(network(), FORM, session);
                SetSource reference = reference()) {
            if (reference.statistics().isPresent()) {
                requireSize("mu", reference.statistics().get().pool(), network.featureSize());
                requireSize("mu_s", reference.statistics().get().spatial(), network.spatialSize());
            }
            if (reference.images().isPresent() && reference.images().get().count() <= config.nearestK()) {
                throw BadInputException.at("evaluation.reference: " + config.reference())
                        .found(reference.images().get().count() + " pictures")
                        .expected("more than evaluation.nearest_k, " + config.nearestK())
                        .build();
            }
        }
    }

    @Override
    public Evaluation evaluate(ModelPlan model) throws IOException {
        String output = output(model);
        Path samples = run.resolve(model.folder()).resolve("samples/samples.npz");
        String inputs = StageJson.hash(
                Sha256.of(samples),
                identity().toString(),
                referenceHash(),
                config.protocols().toString(),
                config.nearestK());
        run.step(
                Scoring.step(model),
                inputs,
                StepFiles.scores(output),
                () -> AtomicFiles.writeText(run.resolve(output), json(samples)));
        return Evaluation.parse(Files.readString(run.resolve(output)));
    }

    /** Changes when a score of the same samples may. */
    String hash() throws IOException {
        return StageJson.hash(
                identity().toString(), referenceHash(), config.protocols().toString(), config.nearestK());
    }

    /** Scores pictures of an npz; those that were scored before are looked up in the cache. */
    Evaluation score(Path samples) throws IOException {
        return Evaluation.parse(json(samples));
    }

    private String json(Path samples) throws IOException {
        requireCache();
        try (LazyNetwork network = new LazyNetwork(identity(), () -> InceptionNetworks.open(network(), FORM, session));
                SetSource reference = reference();
                SetSource scored = SetSource.open(samples.toString(), ImageReading.colour())) {
            Evaluator evaluator = new Evaluator(
                    new Evaluator.Setting(
                            network,
                            Optional.empty(),
                            config.protocols().stream()
                                    .map(EvaluationConfig.Protocol::toString)
                                    .toList(),
                            ScoringOptions.PUBLISHED.withNearestK(config.nearestK()),
                            cache),
                    progress,
                    finding -> LOG.warn("{}", finding.text()));
            return evaluator.evaluate(reference, scored).json();
        }
    }

    private NetworkIdentity identity() throws IOException {
        return InceptionNetworks.identity(network(), FORM);
    }

    @Override
    public ScoreRows rows(List<ModelResult> results) {
        return rows(config, results);
    }

    /** The same of a run that is only read. */
    static ScoreRows rows(EvaluationConfig config, List<ModelResult> results) {
        return ScoreRows.ofNetwork(
                results,
                String.valueOf(Path.of(config.network()).getFileName()),
                String.valueOf(Path.of(config.reference()).getFileName()));
    }

    private static String output(ModelPlan model) {
        return model.folder() + "/evaluation.json";
    }

    private Path network() {
        return Path.of(config.network());
    }

    private SetSource reference() throws IOException {
        return SetSource.open(config.reference(), ImageReading.colour());
    }

    /** Of a file its content; of a folder what tells that its files are still the same, since the evaluator's cache goes by content anyway. */
    private String referenceHash() throws IOException {
        Path file = Path.of(config.reference());
        if (Files.isRegularFile(file)) {
            return Sha256.of(file);
        }
        try (SetSource reference = reference()) {
            return reference.requirePictures().identity().text();
        }
    }

    private void requireSize(String array, StoredMoments stored, int size) {
        if (size > 0 && stored.size() != size) {
            throw BadInputException.at("evaluation.reference: " + config.reference() + ": " + array)
                    .found(stored.size() + " features")
                    .expected(size + ", as the network has")
                    .advice("the statistics are of another network: make the reference with this one ("
                            + Program.line("evaluate", "--make-reference") + ")")
                    .build();
        }
    }

    /** The folder is made, so that nothing is computed that cannot be kept. */
    private void requireCache() throws IOException {
        try {
            Files.createDirectories(cache);
        } catch (FileSystemException e) {
            throw BadInputException.at("--cache " + cache)
                    .found("no folder, and none can be made there")
                    .expected("one that can be written to")
                    .cause(e)
                    .build();
        }
    }

    /** One latent of zeros is decoded: the network takes pictures of three channels. */
    private void requireColour(ModelPlan model) throws IOException {
        var network = model.description().config();
        FloatArray zeros = FloatArray.zeros(1, network.channels(), network.height(), network.width());
        PictureBatch picture = data.tried(zeros);
        if (picture.channels() != COLOURS) {
            throw BadInputException.at("evaluation.network: " + config.network())
                    .found("data whose pictures have " + picture.channels() + " channel")
                    .expected(COLOURS + ", which the network takes")
                    .build();
        }
    }
}
