package org.ppflow.app.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.app.run.RunFolder;
import org.ppflow.eval.images.ImageBatch;
import org.ppflow.flow.sampling.EvaluationListener;
import org.ppflow.flow.sampling.GuidedNetworks;
import org.ppflow.flow.sampling.SamplingGraph;
import org.ppflow.flow.sampling.SamplingLedger;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.AtomicFiles;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.session.SessionOptions;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.TensorFile;
import org.ppflow.nn.weights.TensorSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Draws samples of one model, batch by batch. Every finished batch is on disk, so a killed sampling redoes at most one. What comes out
 * has ADM's keys: {@code samples.npz} with {@code arr_0} uint8 [N, H, W, C], one channel for grey pictures, and {@code arr_1} the
 * classes.
 */
final class SamplingStage {
    private static final Logger LOG = LoggerFactory.getLogger(SamplingStage.class);
    private static final double NANOSECONDS = 1e9;

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
     */
    record Figures(
            int samples,
            int networkBatch,
            int drawn,
            double seconds,
            double nfe,
            List<Double> evaluations,
            List<Double> passes,
            double flops) {
        double samplesPerSecond() {
            return drawn / seconds;
        }
    }

    /** Samples, unless that is done. */
    Figures sample(ModelPlan model, Path weights) throws IOException {
        String folder = model.folder() + "/samples";
        String inputs = StageJson.hash(
                Sha256.of(weights),
                config.sampling(),
                config.seed(),
                data.latentsHash(),
                config.runtime().arithmetic());
        Path figures = run.resolve(folder).resolve("sampling.json");
        run.step("sample-" + model.name().replace('/', '-'), inputs, List.of(folder), () -> {
            Path parts = run.resolve(model.folder()).resolve("sampling-" + inputs.substring(0, 16));
            double seconds = drawParts(model, weights, parts);
            int count = config.sampling().count();
            SamplingLedger ledger = model.ledger();
            writeSamples(model, parts, run.resolve(folder).resolve("samples.npz"), count);
            StageJson.write(
                    figures,
                    new Figures(
                            count,
                            model.sampler().batch(),
                            Math.toIntExact(model.sampler().batches(count))
                                    * model.sampler().batch(),
                            seconds,
                            ledger.nfe(),
                            ledger.counts().evaluations(),
                            ledger.passes(),
                            ledger.blocksOfPasses()));
            AtomicFiles.deleteRecursively(parts);
        });
        return StageJson.read(figures, Figures.class);
    }

    /** Reads the samples of a model. */
    ImageBatch samples(ModelPlan model) throws IOException {
        try (TensorFile file = Npz.open(run.resolve(model.folder()).resolve("samples/samples.npz"))) {
            int[] shape = file.info("arr_0").shape();
            byte[] pixels = new byte[Math.toIntExact(file.info("arr_0").byteSize())];
            file.bytes("arr_0").get(pixels);
            return new ImageBatch(pixels, shape[1], shape[2], shape[3]);
        }
    }

    private double drawParts(ModelPlan model, Path weights, Path parts) throws IOException {
        int count = config.sampling().count();
        int batches = Math.toIntExact(model.sampler().batches(count));
        double seconds = 0;
        int done = 0;
        while (done < batches && Files.exists(part(parts, done))) {
            try (TensorFile file = Npz.open(part(parts, done))) {
                file.bytes("pixels"); // to its end, where the checksum is compared
                seconds += file.doubles("seconds")[0];
            } catch (BadInputException e) {
                LOG.warn("{}; this batch is drawn again", e.getMessage());
                break;
            }
            done++;
        }
        if (done == batches) {
            return seconds;
        }
        int batch = model.sampler().batch();
        try (SamplingGraph graph = SamplingGraph.open(weights, session);
                Progress.Task task = progress.start(
                        "sample " + model.name(), count, Math.min(count, (long) done * batch), "samples")) {
            // The first run of a graph prepares it; that is not sampling.
            for (int level = 0; level < model.schedule().count(); level++) {
                warmUp(model, graph, level);
            }
            GuidedNetworks networks = model.sampler()
                    .plan()
                    .guided(graph, Optional.empty(), EvaluationListener.NONE, EvaluationListener.NONE);
            for (int index = done; index < batches; index++) {
                long start = System.nanoTime();
                FloatArray sampled = model.sampler().sample(networks, index);
                double took = (System.nanoTime() - start) / NANOSECONDS;
                byte[] pixels = data.decode(sampled).pixels();
                Npz.write(
                        part(parts, index),
                        Npz.Compression.STORED,
                        List.of(
                                TensorSource.unsignedBytes("pixels", new int[] {pixels.length}, pixels),
                                TensorSource.doubles("seconds", new int[] {1}, took)));
                seconds += took;
                task.advanceTo(Math.min(count, (long) (index + 1) * batch));
            }
        }
        return seconds;
    }

    private static void warmUp(ModelPlan model, SamplingGraph graph, int level) {
        boolean guided = model.sampler().plan().guidance().active(level);
        int rows = guided ? 2 * model.sampler().batch() : model.sampler().batch();
        FloatArray noise = model.sampler().noise(0, rows);
        float[] times = new float[rows];
        java.util.Arrays.fill(times, (float) model.schedule().level(level).start());
        graph.output(level, noise, times, new int[rows]);
    }

    private void writeSamples(ModelPlan model, Path parts, Path target, int count) throws IOException {
        int size = config.data().size();
        int batch = model.sampler().batch();
        byte[] all = new byte[0];
        int pictureSize = 0;
        for (int index = 0; index < model.sampler().batches(count); index++) {
            try (TensorFile file = Npz.open(part(parts, index))) {
                java.nio.ByteBuffer pixels = file.bytes("pixels");
                if (index == 0) {
                    pictureSize = pixels.remaining() / batch;
                    all = new byte[count * pictureSize];
                }
                int kept = Math.min(batch, count - index * batch);
                pixels.get(all, index * batch * pictureSize, kept * pictureSize);
            }
        }
        int[] labels = model.sampler().labels(0, count);
        long[] classes = java.util.Arrays.stream(labels).asLongStream().toArray();
        int channels = pictureSize / (size * size);
        Npz.write(
                target,
                Npz.Compression.STORED,
                List.of(
                        TensorSource.unsignedBytes("arr_0", new int[] {count, size, size, channels}, all),
                        TensorSource.longs("arr_1", new int[] {count}, classes)));
    }

    private static Path part(Path parts, int index) {
        return parts.resolve(String.format(java.util.Locale.ROOT, "batch-%06d.npz", index));
    }
}
