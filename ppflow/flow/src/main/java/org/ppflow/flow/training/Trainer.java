package org.ppflow.flow.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.ppflow.flow.level.BatchPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The training loop: draw, run, notify. A run that was killed goes on from its newest checkpoint and, since every random number
 * is a function of (seed, step, row), takes the same steps as one that was not.
 *
 * @param graph static graph of a step
 * @param start sets what training starts from
 * @param draw random numbers of a batch
 * @param source latents by step
 * @param options what to do
 * @param checkpoints where the state is kept
 * @param listeners told of every step
 * @param stop asked after every step whether to save and stop
 */
public record Trainer(
        TrainingGraph graph,
        Start start,
        BatchDraw draw,
        LatentSource source,
        TrainingOptions options,
        Checkpoints checkpoints,
        List<TrainingListener> listeners,
        BooleanSupplier stop) {
    private static final double NANOSECONDS = 1e9;

    /** Steps left out in a row, beyond which training is lost. */
    private static final int MOST_SKIPPED = 10;

    private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);

    /** Sets weights, averages and moments before the first step. */
    @FunctionalInterface
    public interface Start {
        /** Called where there is no checkpoint. */
        void initialize(TrainingGraph graph) throws IOException;
    }

    /** From scratch. */
    public Trainer(
            TrainingGraph graph,
            BatchDraw draw,
            LatentSource source,
            TrainingOptions options,
            Checkpoints checkpoints,
            List<TrainingListener> listeners) {
        this(
                graph,
                fresh -> fresh.initialize(options.seed()),
                draw,
                source,
                options,
                checkpoints,
                listeners,
                () -> false);
    }

    public Trainer {
        listeners = List.copyOf(listeners);
    }

    /**
     * Trains until the last step is done and saved.
     *
     * @return seconds that all steps took, over all starts of the run, without building graphs and writing checkpoints; the first step
     *     of each start has TensorFlow prepare the graph, which counts
     * @throws StoppedException if it was asked to stop, when the last step it took is saved
     * @throws DivergedException if a loss or a gradient is NaN or infinite, naming step, tensor and rows, or a weight is when a
     *     checkpoint is due
     */
    public double train() throws IOException {
        Optional<TrainingState> restored = checkpoints.restore(graph);
        if (restored.isEmpty()) {
            start.initialize(graph);
        }
        long done = restored.map(TrainingState::step).orElse(0L);
        double seconds = restored.map(TrainingState::seconds).orElse(0.0);
        for (TrainingListener listener : listeners) {
            listener.onStart(done, seconds);
        }
        if (restored.isPresent()) {
            saved(done); // a process that was killed may not have come to it
        }
        BatchParts parts = new BatchParts(draw.plan(), graph.plan());
        int skipped = 0;
        for (long step = done + 1; step <= options.steps(); step++) {
            StepReport report = step(step, parts);
            skipped = report.applied() ? 0 : skipped + 1;
            if (skipped > MOST_SKIPPED) {
                throw new DivergedException(skipped + " steps in a row were not finite, the last of them " + step
                        + "; lower the learning rate");
            }
            seconds += report.seconds();
            for (TrainingListener listener : listeners) {
                listener.onStep(report);
            }
            boolean stopping = stop.getAsBoolean() && step < options.steps();
            if (step % options.checkpointEvery() == 0 || step == options.steps() || stopping) {
                checkpoints.save(graph, step, seconds);
                if (stopping) {
                    throw new StoppedException(step); // the next start does the rest
                }
                saved(step);
            }
        }
        return seconds;
    }

    /** What follows a checkpoint; done twice it ends the same. */
    private void saved(long step) throws IOException {
        if (options.snapshotDue(step)) {
            new ProfileSnapshots(checkpoints.folder().resolveSibling("profiles"))
                    .keep(checkpoints.path(step), options.averages());
        }
        for (TrainingListener listener : listeners) {
            listener.onCheckpoint(step);
        }
    }

    private StepReport step(long step, BatchParts parts) throws IOException {
        long start = System.nanoTime();
        BatchPlan plan = draw.plan();
        List<TrainingBatch> batches = parts.of(draw.draw(step - 1, source.rows(step - 1, plan.batch())));
        double rate = options.learningRate().at(step);
        StepValues values = graph.step(step, batches, rate, options.decays(step));
        double seconds = (System.nanoTime() - start) / NANOSECONDS;
        float[] losses = parts.join(values.losses());
        if (!values.applied()) {
            notFinite(step, batches, losses);
        }
        List<Double> levels = new ArrayList<>();
        for (int level = 0; level < plan.counts().size(); level++) {
            levels.add(mean(losses, plan.offset(level), plan.count(level)));
        }
        return new StepReport(
                step,
                step * plan.batch(),
                mean(losses, 0, losses.length),
                levels,
                values.gradientNorm(),
                values.applied(),
                rate,
                seconds);
    }

    private void notFinite(long step, List<TrainingBatch> batches, float[] losses) throws IOException {
        NotFinite found = NotFinite.find(graph, step, batches, losses);
        Path folder = found.write(checkpoints.folder().resolveSibling("not-finite"), graph, checkpoints.description());
        if (options.onNotFinite() == OnNotFinite.END) {
            throw new DivergedException(
                    found.describe(folder) + "; check the data for NaN, lower the learning rate, clip"
                            + " the gradient, or let such steps be skipped");
        }
        LOG.warn("{}; skipped", found.describe(folder));
    }

    private static double mean(float[] values, int from, int count) {
        double sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += values[i];
        }
        return sum / count;
    }
}
