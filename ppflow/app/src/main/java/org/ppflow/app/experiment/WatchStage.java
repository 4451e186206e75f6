package org.ppflow.app.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.app.report.PictureGrid;
import org.ppflow.app.run.MetricsLog;
import org.ppflow.app.run.RunFolder;
import org.ppflow.eval.images.ImageBatch;
import org.ppflow.eval.protocol.Evaluation;
import org.ppflow.flow.sampling.OdeSolvers;
import org.ppflow.nn.files.AtomicFiles;
import org.ppflow.nn.files.Sha256;

/**
 * Looks at a model while it trains: draws samples from a checkpoint's average, keeps them as a grid and scores them. In {@code watch/STEP} of the
 * model's folder, with a line in {@code watch.jsonl}. The same samples every time: what changes is the model. Holds the network a second time meanwhile.
 */
final class WatchStage {
    private static final int COLUMNS = 10;

    private final ExperimentConfig config;
    private final RunFolder run;
    private final SamplingStage sampling;
    private final ClassifierStage classifier;

    WatchStage(ExperimentConfig config, RunFolder run, SamplingStage sampling, ClassifierStage classifier) {
        this.config = config;
        this.run = run;
        this.sampling = sampling;
        this.classifier = classifier;
    }

    /**
     * One look.
     *
     * @param scores by name
     * @param grid of samples, PNG
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Look(Map<String, Double> scores, byte[] grid) {}

    /** Whether this step is to be looked at and has not been: a run that goes on from it may have. */
    boolean due(ModelPlan model, long step) throws IOException {
        if (config.watch().every() == 0 || step % config.watch().every() != 0) {
            return false;
        }
        // The line is what a look writes last.
        return MetricsLog.read(lines(model)).stream()
                .noneMatch(line -> line.path("step").asLong() == step);
    }

    /** Forgets looks at later steps, which a run that goes on from an earlier checkpoint comes to again. */
    void goOnFrom(ModelPlan model, long step) throws IOException {
        if (config.watch().every() > 0) {
            MetricsLog.openAt(lines(model), step).close();
        }
    }

    private Path lines(ModelPlan model) {
        return run.resolve(model.folder()).resolve("watch.jsonl");
    }

    /** Draws, scores, writes; a look that was there before is replaced by the same one. */
    Look look(ModelPlan model, long step, Path weights) throws IOException {
        Path all = run.resolve(model.folder()).resolve("watch");
        int count = config.watch().count();
        String hash = Sha256.of(weights);
        Path samples = all.resolve("samples.npz");
        sampling.draw(
                model,
                weights,
                new SamplingStage.Target(
                        "look at " + model.name(),
                        count,
                        samples,
                        all.resolve("parts"),
                        StageJson.hashWith(
                                OdeSolvers.extension(config.sampling().solver()),
                                hash,
                                config.sampling(),
                                count,
                                config.seed())));
        ImageBatch pictures = SamplingStage.read(samples);
        Optional<Evaluation> result = config.byClassifier()
                ? Optional.of(classifier.score(
                        "step " + step, pictures, model.sampler().labels(0, count)))
                : Optional.empty(); // by a network, or not at all: the pictures are looked at
        byte[] grid =
                PictureGrid.png(pictures.pixels(), pictures.height(), pictures.width(), pictures.channels(), COLUMNS);
        Path folder = all.resolve(String.format(Locale.ROOT, "%08d", step));
        AtomicFiles.deleteRecursively(folder);
        AtomicFiles.writeFolder(folder, unfinished -> {
            Files.write(unfinished.resolve("samples.png"), grid);
            if (result.isPresent()) {
                Files.writeString(
                        unfinished.resolve("evaluation.json"),
                        result.get().toJson(Map.of("weights", hash, "network", classifier.hash())));
            }
        });
        Map<String, Number> line = new LinkedHashMap<>();
        line.put("images", step * config.training().batch());
        result.ifPresent(scores -> line.putAll(scores.metrics()));
        try (MetricsLog log = MetricsLog.openAt(lines(model), step - 1)) {
            log.append(step, line);
        }
        return new Look(result.map(Evaluation::metrics).orElse(Map.of()), grid);
    }
}
