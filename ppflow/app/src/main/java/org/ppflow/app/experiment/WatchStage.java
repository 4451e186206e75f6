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
import org.ppflow.app.sample.SampleFormat;
import org.ppflow.app.sample.SampleJob;
import org.ppflow.app.sample.SampleRun;
import org.ppflow.app.sample.SampleShard;
import org.ppflow.app.sample.SampleStart;
import org.ppflow.eval.images.ImageBatch;
import org.ppflow.eval.protocol.Evaluation;
import org.ppflow.eval.protocol.ExactProtocol;
import org.ppflow.flow.sampling.SamplingCost;
import org.ppflow.flow.sampling.SamplingGraph;
import org.ppflow.nn.files.AtomicFiles;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.session.SessionOptions;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.TensorFile;

/**
 * Looks at a model while it trains: draws samples from a checkpoint's average, keeps them as a grid and scores them. In {@code watch/STEP} of the
 * model's folder, with a line in {@code watch.jsonl}. The same samples every time: what changes is the model. Holds the network a second time meanwhile.
 */
final class WatchStage {
    private static final int COLUMNS = 10;
    private static final String KIND = "classifier";

    private final ExperimentConfig config;
    private final RunFolder run;
    private final DataStage data;
    private final ClassifierStage classifier;
    private final SessionOptions session;
    private final Progress progress;

    WatchStage(
            ExperimentConfig config,
            RunFolder run,
            DataStage data,
            ClassifierStage classifier,
            SessionOptions session,
            Progress progress) {
        this.config = config;
        this.run = run;
        this.data = data;
        this.classifier = classifier;
        this.session = session;
        this.progress = progress;
    }

    /**
     * One look.
     *
     * @param scores by name
     * @param grid PNG
     */
    record Look(Map<String, Double> scores, Path grid) {}

    boolean due(long step) {
        return config.watch().every() > 0 && step % config.watch().every() == 0;
    }

    /** Draws, scores, writes; a look that was there before is replaced by the same one. */
    Look look(ModelPlan model, long step, Path weights) throws IOException {
        Path all = run.resolve(model.folder()).resolve("watch");
        Path folder = all.resolve(String.format(Locale.ROOT, "%08d", step));
        ImageBatch pictures = pictures(model, weights, all.resolve("samples.npz"), all.resolve("parts"));
        int[] labels = model.sampler().labels(0, config.watch().count());
        Evaluation result = new ExactProtocol(KIND, config.evaluation().nearestK())
                .evaluate(classifier.reference(), classifier.features("step " + step, pictures), labels);
        Map<String, String> origin = Map.of("weights", Sha256.of(weights), "network", classifier.hash());
        byte[] grid =
                PictureGrid.png(pictures.pixels(), pictures.height(), pictures.width(), pictures.channels(), COLUMNS);
        AtomicFiles.deleteRecursively(folder);
        AtomicFiles.writeFolder(folder, unfinished -> {
            Files.write(unfinished.resolve("samples.png"), grid);
            Files.writeString(unfinished.resolve("evaluation.json"), result.toJson(origin));
        });
        Map<String, Number> line = new LinkedHashMap<>();
        line.put("images", step * config.training().batch());
        line.putAll(result.metrics());
        try (MetricsLog log = MetricsLog.openAt(run.resolve(model.folder()).resolve("watch.jsonl"), step - 1)) {
            log.append(step, line);
        }
        return new Look(result.metrics(), folder.resolve("samples.png"));
    }

    private ImageBatch pictures(ModelPlan model, Path weights, Path output, Path parts) throws IOException {
        SampleJob job = new SampleJob(
                "look at " + model.name(),
                model.sampler(),
                new SampleStart.Seeded(),
                config.watch().count(),
                SampleShard.WHOLE,
                output,
                parts,
                SampleFormat.NPZ,
                Optional.of(data.decoder()),
                new SamplingCost(model.flops(), model.schedule()),
                Optional.empty(),
                "{\"weights\":\"" + Sha256.of(weights) + "\",\"sampling\":\""
                        + StageJson.hash(config.sampling(), config.watch().count(), config.seed()) + "\"}",
                true);
        try (SamplingGraph graph = SamplingGraph.open(weights, session)) {
            new SampleRun(job, progress).draw(graph, Optional.empty());
        }
        try (TensorFile file = Npz.open(output)) {
            int[] shape = file.info("arr_0").shape();
            byte[] pixels = new byte[Math.toIntExact(file.info("arr_0").byteSize())];
            file.bytes("arr_0").get(pixels);
            return new ImageBatch(pixels, shape[1], shape[2], shape[3]);
        }
    }
}
