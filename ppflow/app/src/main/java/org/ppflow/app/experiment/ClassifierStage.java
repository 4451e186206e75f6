package org.ppflow.app.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.app.run.RunFolder;
import org.ppflow.app.run.StepFiles;
import org.ppflow.data.picture.PictureBatch;
import org.ppflow.eval.classifier.ClassifierNetwork;
import org.ppflow.eval.classifier.ClassifierOptions;
import org.ppflow.eval.classifier.ClassifierTraining;
import org.ppflow.eval.extraction.FeatureExtraction;
import org.ppflow.eval.extraction.FeatureSet;
import org.ppflow.eval.extraction.LazyNetwork;
import org.ppflow.eval.images.ArrayImages;
import org.ppflow.eval.images.ImageBatch;
import org.ppflow.eval.preflight.Preflight;
import org.ppflow.eval.protocol.Evaluation;
import org.ppflow.eval.protocol.ExactProtocol;
import org.ppflow.eval.protocol.Reference;
import org.ppflow.eval.protocol.Scores;
import org.ppflow.eval.protocol.ScoringOptions;
import org.ppflow.eval.statistics.LabelAgreement;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.session.SessionOptions;

/** The feature network of this experiment, and what it makes of the reference. */
final class ClassifierStage implements AutoCloseable {
    /** Name of the step. */
    static final String STEP = "classifier";

    static final String WEIGHTS = "classifier/classifier.safetensors";
    private static final String FIGURES = "classifier/classifier.json";

    private final ExperimentConfig config;
    private final RunFolder run;
    private final DataStage data;
    private final SessionOptions session;
    private final Progress progress;
    private @Nullable LazyNetwork network;
    private @Nullable FeatureSet reference;

    ClassifierStage(ExperimentConfig config, RunFolder run, DataStage data, SessionOptions session, Progress progress) {
        this.config = config;
        this.run = run;
        this.data = data;
        this.session = session;
        this.progress = progress;
    }

    /**
     * Figures of the classifier itself.
     *
     * @param accuracy share of reference pictures that it gives their class
     * @param standardError of the accuracy
     * @param pictures of the reference
     * @param features length of a feature vector
     */
    record Figures(double accuracy, double standardError, int pictures, int features) {}

    /** Trains and tests, unless that is done. */
    Figures prepare() throws IOException {
        String inputs = StageJson.hash(config.data(), data.picturesHash(), config.classifier(), config.seed());
        run.shared(STEP, inputs, StepFiles.scores(WEIGHTS, FIGURES), () -> {
            ClassifierOptions options = new ClassifierOptions(
                    config.seed(),
                    config.classifier().steps(),
                    config.classifier().batch(),
                    config.classifier().learningRate());
            ClassifierTraining.train(
                    data.training(), config.data().classes(), options, session, run.resolve(WEIGHTS), progress);
            LabelAgreement accuracy = LabelAgreement.of(
                    reference().probabilities(), data.reference().labels());
            StageJson.write(
                    run.resolve(FIGURES),
                    new Figures(
                            accuracy.share(),
                            accuracy.standardError(),
                            accuracy.count(),
                            network().get().featureSize()));
        });
        return figures(run.path());
    }

    /** What a run's classifier was measured at. */
    static Figures figures(Path run) throws IOException {
        return StageJson.read(run.resolve(FIGURES), Figures.class);
    }

    /** Features of the reference pictures. */
    FeatureSet reference() throws IOException {
        FeatureSet known = reference;
        if (known == null) {
            PictureBatch pictures = data.reference().pictures();
            known = features(new ArrayImages(
                            "reference",
                            new ImageBatch(
                                    pictures.pixels(), pictures.height(), pictures.width(), pictures.channels())))
                    .withLabels(data.reference().labels());
            reference = known;
        }
        return known;
    }

    private FeatureSet features(ArrayImages images) throws IOException {
        return new FeatureExtraction(network(), progress)
                .inMemory(images, images.identity().text());
    }

    /**
     * Scores pictures against the reference.
     *
     * @param name of the pictures, for progress
     * @param labels their classes
     */
    Evaluation score(String name, ImageBatch pictures, int... labels) throws IOException {
        ArrayImages images = new ArrayImages(name, pictures);
        List<String> notes = new ArrayList<>();
        Preflight.of(images, Progress.NONE).findings().forEach(finding -> notes.add(finding.text()));
        FeatureSet samples = features(images).withLabels(labels);
        ScoringOptions options =
                ScoringOptions.PUBLISHED.withNearestK(config.evaluation().nearestK());
        Scores scores = new ExactProtocol(options)
                .evaluate(Reference.of(reference()), samples, Optional.of(samples.probabilities()), Progress.NONE);
        notes.addAll(scores.notes());
        return new Evaluation(List.of(scores.result()), scores.classes(), notes);
    }

    /** Changes when a feature may. */
    String hash() throws IOException {
        return Sha256.of(run.resolve(WEIGHTS));
    }

    private LazyNetwork network() throws IOException {
        LazyNetwork known = network;
        if (known == null) {
            known = LazyNetwork.of(ClassifierNetwork.load(run.resolve(WEIGHTS), session));
            network = known;
        }
        return known;
    }

    @Override
    public void close() {
        if (network != null) {
            network.close();
        }
    }
}
