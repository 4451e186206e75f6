package org.ppflow.app.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.app.load.OtherLoad;
import org.ppflow.app.run.RunFolder;
import org.ppflow.app.run.StepFiles;
import org.ppflow.app.sample.SampleFormat;
import org.ppflow.app.sample.SampleJob;
import org.ppflow.app.sample.SampleResult;
import org.ppflow.app.sample.SampleRun;
import org.ppflow.app.sample.SampleShard;
import org.ppflow.app.sample.SampleStart;
import org.ppflow.eval.images.ImageBatch;
import org.ppflow.flow.sampling.LevelNetworks;
import org.ppflow.flow.sampling.OdeSolvers;
import org.ppflow.flow.sampling.Sampler;
import org.ppflow.flow.sampling.SamplingCost;
import org.ppflow.flow.sampling.SamplingGraph;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.session.SessionOptions;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.TensorFile;

/**
 * Draws samples of one model, batch by batch. Every finished batch is on disk, so a killed sampling redoes at most one. What comes out
 * has ADM's keys: {@code samples.npz} with {@code arr_0} uint8 [N, H, W, C], one channel for grey pictures, and {@code arr_1} the
 * classes.
 */
final class SamplingStage {
    private static final String PARTS = "sampling-parts";

    private final ExperimentConfig config;
    private final RunFolder run;
    private final DataStage data;
    private final SessionOptions session;
    private final Progress progress;

    SamplingStage(ExperimentConfig config, RunFolder run, DataStage data, SessionOptions session, Progress progress) {
        this.config = config;
        this.run = run;
        this.data = data;
        this.session = session;
        this.progress = progress;
    }

    /**
     * Figures of a sampling.
     *
     * @param samples kept
     * @param networkBatch rows that the network runs at, before guidance doubles them
     * @param drawn samples that the time is of, padding of the last batch included
     * @param seconds in solver and network, over all starts
     * @param nfe function evaluations of one sample
     * @param evaluations of each level
     * @param passes of each level, guidance counted
     * @param flops of one sample, blocks only
     * @param otherLoad what other programs took meanwhile; null where a version before did not watch
     */
    record Figures(
            int samples,
            int networkBatch,
            int drawn,
            double seconds,
            double nfe,
            List<Double> evaluations,
            List<Double> passes,
            double flops,
            @Nullable OtherLoad otherLoad) {
        double samplesPerSecond() {
            return drawn / seconds;
        }
    }

    /** Name of the step of a model. */
    static String step(ModelPlan model) {
        return "sample-" + model.name().replace('/', '-');
    }

    /** Samples, unless that is done. */
    Figures sample(ModelPlan model, Path weights) throws IOException {
        String folder = model.folder() + "/samples";
        String inputs = StageJson.hashWith(
                OdeSolvers.extension(config.sampling().solver()),
                Sha256.of(weights),
                // Aligned samples of before stages kept to their own side of a boundary are drawn again; all others
                // keep their hash.
                config.sampling().align() ? List.of(config.sampling(), "sides") : config.sampling(),
                config.seed(),
                data.latentsHash(),
                config.runtime().arithmetic());
        Path figures = run.resolve(folder).resolve("sampling.json");
        StepFiles files = new StepFiles(List.of(folder), List.of(), List.of(model.folder() + "/" + PARTS + "/*.npz"));
        run.shared(step(model), inputs, files, () -> {
            SampleResult result = draw(model, weights, inputs);
            StageJson.write(
                    figures,
                    new Figures(
                            config.sampling().count(),
                            model.sampler().batch(),
                            (int) result.drawn(),
                            result.seconds(),
                            result.ledger().nfe(),
                            result.ledger().counts().evaluations(),
                            result.ledger().passes(),
                            result.ledger().blocksOfPasses(),
                            result.otherLoad()));
        });
        return StageJson.read(figures, Figures.class);
    }

    /** Reads the samples of a model, for sets that are known to be small: a byte a value. */
    ImageBatch samples(ModelPlan model) throws IOException {
        return read(file(model));
    }

    /** The first samples of a model, to look at. */
    SampleGrid grid(ModelPlan model) throws IOException {
        return SampleGrid.of(
                file(model),
                model.description().config().classes(),
                model.sampler().labels(0, config.sampling().count()));
    }

    private Path file(ModelPlan model) {
        return run.resolve(model.folder()).resolve("samples/samples.npz");
    }

    /** Pictures of an npz with ADM's keys. */
    static ImageBatch read(Path samples) throws IOException {
        try (TensorFile file = Npz.open(samples)) {
            int[] shape = file.info("arr_0").shape();
            byte[] pixels = new byte[Math.toIntExact(file.info("arr_0").byteSize())];
            file.bytes("arr_0").get(pixels);
            return new ImageBatch(pixels, shape[1], shape[2], shape[3]);
        }
    }

    private SampleResult draw(ModelPlan model, Path weights, String inputs) throws IOException {
        Path folder = run.resolve(model.folder());
        return draw(
                model,
                weights,
                new Target(
                        "sample " + model.name(),
                        config.sampling().count(),
                        folder.resolve("samples/samples.npz"),
                        folder.resolve(PARTS),
                        inputs));
    }

    /**
     * What to draw and where to.
     *
     * @param name for progress
     * @param count samples
     * @param output npz
     * @param parts folder of finished batches
     * @param inputs hash of everything that the samples depend on
     */
    record Target(String name, int count, Path output, Path parts, String inputs) {}

    /** Draws decoded samples of weights; the run's lock keeps others out. */
    SampleResult draw(ModelPlan model, Path weights, Target target) throws IOException {
        try (SamplingGraph graph = SamplingGraph.open(weights, session)) {
            return draw(graph, model.sampler(), new SamplingCost(model.flops(), model.schedule()), target);
        }
    }

    /** Draws decoded samples of networks that are open. */
    SampleResult draw(LevelNetworks networks, Sampler sampler, SamplingCost cost, Target target) throws IOException {
        SampleJob job = new SampleJob(
                target.name(),
                sampler,
                new SampleStart.Seeded(),
                target.count(),
                SampleShard.WHOLE,
                target.output(),
                target.parts(),
                SampleFormat.NPZ,
                Optional.of(data.decoder()),
                cost,
                Optional.empty(),
                "{\"inputs\":\"" + target.inputs() + "\"}",
                true);
        return new SampleRun(job, progress, session.threads(), Optional.empty()).draw(networks, Optional.empty());
    }
}
