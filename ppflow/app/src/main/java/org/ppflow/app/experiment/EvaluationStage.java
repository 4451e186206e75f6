package org.ppflow.app.experiment;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.app.run.RunFolder;
import org.ppflow.app.run.StepFiles;
import org.ppflow.data.codec.Codecs;
import org.ppflow.data.picture.PictureBatch;
import org.ppflow.eval.images.ImageBatch;
import org.ppflow.eval.protocol.Evaluation;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.files.AtomicFiles;
import org.ppflow.nn.files.Sha256;

/** Scores the samples of each model by the run's classifier, and pictures of pure noise to compare them with. */
final class EvaluationStage implements Scoring {
    private static final String NOISE = "noise/evaluation.json";

    private final ExperimentConfig config;
    private final RunFolder run;
    private final DataStage data;
    private final ClassifierStage classifier;
    private final SamplingStage sampling;
    private ClassifierStage.@Nullable Figures accuracy;
    private @Nullable Evaluation noise;

    EvaluationStage(
            ExperimentConfig config,
            RunFolder run,
            DataStage data,
            ClassifierStage classifier,
            SamplingStage sampling) {
        this.config = config;
        this.run = run;
        this.data = data;
        this.classifier = classifier;
        this.sampling = sampling;
    }

    /** Trains the classifier and scores noise by it. */
    @Override
    public void prepare(List<ModelPlan> plans) throws IOException {
        accuracy = classifier.prepare();
        noise = evaluateNoise(plans.get(0));
    }

    @Override
    public ScoreRows rows(List<ModelResult> results) {
        return ScoreRows.ofClassifier(results, requireNonNull(accuracy), requireNonNull(noise));
    }

    /**
     * The same of a run that is only read.
     *
     * @param run its folder
     */
    static ScoreRows rows(Path run, List<ModelResult> results) throws IOException {
        return ScoreRows.ofClassifier(
                results, ClassifierStage.figures(run), Evaluation.parse(Files.readString(run.resolve(NOISE))));
    }

    @Override
    public Evaluation evaluate(ModelPlan model) throws IOException {
        String name = model.folder() + "/evaluation.json";
        String samplesHash = Sha256.of(run.resolve(model.folder()).resolve("samples/samples.npz"));
        int[] labels = model.sampler().labels(0, config.sampling().count());
        score(Scoring.step(model), name, samplesHash, model.name(), labels, () -> sampling.samples(model));
        return Evaluation.parse(Files.readString(run.resolve(name)));
    }

    /** Scores the noise that samples start from, decoded as it is, unless that is done. */
    private Evaluation evaluateNoise(ModelPlan model) throws IOException {
        int count = config.sampling().count();
        int[] labels = model.sampler().labels(0, count);
        score(
                "noise-evaluate",
                NOISE,
                StageJson.hashWith(Codecs.extension(config.data().codec()), config.seed(), count),
                "noise",
                labels,
                () -> {
                    FloatArray noise = model.sampler().noise(0, count);
                    PictureBatch pictures = data.decode(noise);
                    return new ImageBatch(pictures.pixels(), pictures.height(), pictures.width(), pictures.channels());
                });
        return Evaluation.parse(Files.readString(run.resolve(NOISE)));
    }

    /** Gives pictures when they are needed. */
    @FunctionalInterface
    private interface Pictures {
        ImageBatch get() throws IOException;
    }

    private void score(String step, String output, String picturesHash, String name, int[] labels, Pictures pictures)
            throws IOException {
        String inputs = StageJson.hash(
                picturesHash,
                labels,
                classifier.hash(),
                data.picturesHash(),
                config.data(),
                Map.of("nearest_k", config.evaluation().nearestK()));
        run.step(step, inputs, StepFiles.scores(output), () -> {
            Evaluation result = classifier.score(name, pictures.get(), labels);
            Map<String, String> origin = new LinkedHashMap<>();
            origin.put("samples", picturesHash);
            origin.put("reference", data.picturesHash());
            origin.put("network", classifier.hash());
            Path target = run.resolve(output);
            AtomicFiles.writeText(target, result.toJson(origin));
        });
    }
}
