package org.ppflow.app.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.app.load.OtherLoad;
import org.ppflow.app.run.EventLog;
import org.ppflow.app.run.MetricsLog;
import org.ppflow.flow.training.Checkpoints;
import org.ppflow.flow.training.StepReport;
import org.ppflow.flow.training.TrainingListener;
import org.ppflow.nn.progress.Progress;

/** Keeps what a training tells: {@code metrics.jsonl}, progress, TensorBoard, a look at samples now and then, and what other programs took of the processors. */
final class TrainingJournal implements TrainingListener, AutoCloseable {
    private static final double SMOOTHING = 0.98;
    private static final double GIGA = 1e9;

    private final ModelPlan model;
    private final ExperimentConfig config;
    private final Path metrics;
    private final Optional<Path> tensorboard;
    private final WatchStage watch;
    private final Checkpoints checkpoints;
    private final Progress progress;
    private final TrainingLoad load;
    private @Nullable MetricsLog log;
    private @Nullable EventLog events;
    private Progress.@Nullable Task task;
    private double loss = Double.NaN;
    private double seconds = Double.NaN;
    private boolean first = true;

    TrainingJournal(
            ModelPlan model,
            ExperimentConfig config,
            Path metrics,
            Optional<Path> tensorboard,
            WatchStage watch,
            Checkpoints checkpoints,
            Progress progress) {
        this.model = model;
        this.config = config;
        this.metrics = metrics;
        this.tensorboard = tensorboard;
        this.watch = watch;
        this.checkpoints = checkpoints;
        this.progress = progress;
        load = new TrainingLoad(
                metrics.resolveSibling(TrainingLoad.NAME), config.runtime().threads());
    }

    /** What other programs took, over all starts. */
    OtherLoad otherLoad() {
        return load.total();
    }

    @Override
    public void onStart(long step, double secondsBefore) throws IOException {
        log = MetricsLog.openAt(metrics, step);
        watch.goOnFrom(model, step);
        if (tensorboard.isPresent()) {
            events = EventLog.open(tensorboard.get(), step);
        }
        load.start(step);
        long batch = config.training().batch();
        long steps = config.training().steps();
        if (step > 0 && step < steps) {
            progress.say(model.name() + ": goes on after step " + step + " of " + steps);
        }
        task = progress.start("train " + model.name(), steps * batch, step * batch, "images");
    }

    @Override
    public void onStep(StepReport report) throws IOException {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("loss", report.loss());
        for (int level = 0; level < report.levelLosses().size(); level++) {
            figures.put("loss_level" + level, report.levelLosses().get(level));
        }
        figures.put("gradient_norm", report.gradientNorm());
        figures.put("learning_rate", report.learningRate());
        if (events != null) {
            events.scalars(report.step(), figures);
        }
        if (log != null) {
            Map<String, Number> line = new LinkedHashMap<>();
            line.put("images", report.images());
            line.putAll(figures);
            if (!report.applied()) {
                line.put("skipped", 1);
            }
            line.put("seconds", report.seconds());
            log.append(report.step(), line);
        }
        if (task != null) {
            task.advanceTo(report.images());
            task.note(note(report));
        }
    }

    private String note(StepReport report) {
        if (report.applied()) {
            loss = smoothed(loss, report.loss());
        }
        // The first step of a start prepares the graph.
        seconds = first ? Double.NaN : smoothed(seconds, report.seconds());
        first = false;
        double flops = config.training().batch() * model.flops().trainingImage(model.schedule());
        if (Double.isNaN(seconds)) {
            return String.format(Locale.ROOT, "loss %.3f", loss);
        }
        return String.format(
                Locale.ROOT, "loss %.3f  %.3g steps/s  %.0f GFLOP/s", loss, 1 / seconds, flops / seconds / GIGA);
    }

    private static double smoothed(double before, double now) {
        return Double.isNaN(before) ? now : SMOOTHING * before + (1 - SMOOTHING) * now;
    }

    @Override
    public void onCheckpoint(long step) throws IOException {
        load.save();
        if (!watch.due(model, step)) {
            return;
        }
        WatchStage.Look look = watch.look(model, step, checkpoints.path(step).resolve(checkpoints.emaFile()));
        if (events != null) {
            events.scalars(step, look.scores());
            events.image(step, "samples", look.grid());
        }
    }

    @Override
    public void close() throws IOException {
        if (task != null) {
            task.close();
            load.save();
        }
        if (events != null) {
            events.close();
        }
        if (log != null) {
            log.close();
        }
    }
}
