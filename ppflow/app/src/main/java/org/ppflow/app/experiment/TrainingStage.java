package org.ppflow.app.experiment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.app.config.TrainingConfig;
import org.ppflow.app.load.OtherLoad;
import org.ppflow.app.run.RunFolder;
import org.ppflow.app.run.StepFiles;
import org.ppflow.app.run.StopSignal;
import org.ppflow.data.loader.LatentLoader;
import org.ppflow.data.loader.LoadedBatch;
import org.ppflow.data.loader.ReadAhead;
import org.ppflow.flow.level.BatchPlan;
import org.ppflow.flow.training.BatchDraw;
import org.ppflow.flow.training.Checkpoints;
import org.ppflow.flow.training.LatentBatch;
import org.ppflow.flow.training.StepOptions;
import org.ppflow.flow.training.StoppedException;
import org.ppflow.flow.training.Trainer;
import org.ppflow.flow.training.TrainingGraph;
import org.ppflow.flow.training.TrainingOptions;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.AtomicFiles;
import org.ppflow.nn.optimizer.AdamW;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.session.SessionOptions;

/** Trains one model, from its newest checkpoint where there is one. */
final class TrainingStage {
    /** Batches in memory beside the one that is trained on. */
    private static final int AHEAD = 2;

    private static final String INPUTS = "inputs.txt";

    private final ExperimentConfig config;
    private final RunFolder run;
    private final DataStage data;
    private final WatchStage watch;
    private final SessionOptions session;
    private final Progress progress;

    TrainingStage(
            ExperimentConfig config,
            RunFolder run,
            DataStage data,
            WatchStage watch,
            SessionOptions session,
            Progress progress) {
        this.watch = watch;
        this.config = config;
        this.run = run;
        this.data = data;
        this.session = session;
        this.progress = progress;
    }

    /**
     * Figures of a training.
     *
     * @param images seen
     * @param steps taken
     * @param parameters trained
     * @param seconds of all steps, over all starts
     * @param otherLoad what other programs took meanwhile, over all starts; null where a version before did not watch
     */
    record Figures(
            long images,
            long steps,
            long parameters,
            double seconds,
            @Nullable OtherLoad otherLoad) {
        double imagesPerSecond() {
            return images / seconds;
        }
    }

    /** Name of the step of a model. */
    static String step(ModelPlan model) {
        return "train-" + model.name().replace('/', '-');
    }

    /** Trains, unless that is done. */
    Figures train(ModelPlan model) throws IOException {
        Path folder = run.resolve(model.folder());
        Path figures = folder.resolve("training.json");
        Checkpoints checkpoints = checkpoints(model);
        String inputs = StageJson.hash(
                data.latentsHash(),
                model.description().toJson(),
                config.training(),
                start(model).hash(),
                config.seed(),
                config.runtime().arithmetic());
        String last = model.folder() + "/" + RunFolder.CHECKPOINTS + "/"
                + checkpoints.path(config.training().steps()).getFileName();
        run.shared(
                step(model),
                inputs,
                new StepFiles(
                        List.of(last, model.folder() + "/training.json"),
                        List.of(model.folder() + "/" + INPUTS, model.folder() + "/metrics.jsonl"),
                        List.of(model.folder() + "/" + RunFolder.CHECKPOINTS + "/*[0-9]")),
                () -> {
                    requireOwn(checkpoints, folder, inputs);
                    // The process may end when the signal is closed: after the journal.
                    try (TrainingGraph graph = graph(model);
                            StopSignal signal = StopSignal.listen();
                            TrainingJournal journal = journal(model, checkpoints);
                            ReadAhead<LatentBatch> batches = batches(model)) {
                        double seconds = trained(trainer(model, graph, checkpoints, journal, batches, signal), signal);
                        TrainingConfig training = config.training();
                        StageJson.write(
                                figures,
                                new Figures(
                                        training.steps() * training.batch(),
                                        training.steps(),
                                        graph.model().trainableParameters(),
                                        seconds,
                                        journal.otherLoad()));
                    }
                });
        return StageJson.read(figures, Figures.class);
    }

    /** The averaged weights of the last step, which samples are drawn from. */
    Path weights(ModelPlan model) {
        return weights(run.path(), config, model);
    }

    /** Where the run of a config has them. */
    static Path weights(Path run, ExperimentConfig config, ModelPlan model) {
        Checkpoints checkpoints = checkpoints(run, config, model);
        return checkpoints.path(config.training().steps()).resolve(checkpoints.emaFile());
    }

    /** Figures of every step, in order of steps. */
    Path metrics(ModelPlan model) {
        return run.resolve(model.folder()).resolve("metrics.jsonl");
    }

    private static double trained(Trainer trainer, StopSignal signal) throws IOException {
        try {
            double seconds = trainer.train();
            signal.saved();
            return seconds;
        } catch (StoppedException e) {
            signal.saved();
            throw e;
        }
    }

    /** Checkpoints of other data, network or options must not be continued; nor are they thrown away, since they may be weeks of work. */
    private static void requireOwn(Checkpoints checkpoints, Path folder, String inputs) throws IOException {
        Path file = folder.resolve(INPUTS);
        if (Files.exists(file)
                && new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                        .strip()
                        .equals(inputs)) {
            return;
        }
        if (checkpoints.any()) {
            throw BadInputException.at(folder.toString())
                    .found("checkpoints of a training with other data, initial weights or options")
                    .expected("those of this one, which they would be lost to")
                    .advice(
                            "put back what was changed, give this one another name with --set name=NAME, or remove the folder")
                    .build();
        }
        AtomicFiles.deleteRecursively(folder);
        AtomicFiles.writeText(file, inputs + "\n");
    }

    private InitialWeights start(ModelPlan model) {
        return new InitialWeights(config.init(), model.description(), config.seed());
    }

    private Checkpoints checkpoints(ModelPlan model) {
        return checkpoints(run.path(), config, model);
    }

    private static Checkpoints checkpoints(Path run, ExperimentConfig config, ModelPlan model) {
        return new Checkpoints(
                run.resolve(model.folder()).resolve(RunFolder.CHECKPOINTS),
                model.description(),
                options(config).averageNames(),
                config.training().keep(),
                config.training().keepEvery());
    }

    private TrainingJournal journal(ModelPlan model, Checkpoints checkpoints) {
        return new TrainingJournal(
                model,
                config,
                metrics(model),
                config.watch().tensorboard()
                        ? Optional.of(run.resolve(model.folder()).resolve("tensorboard"))
                        : Optional.empty(),
                watch,
                checkpoints,
                progress);
    }

    private TrainingGraph graph(ModelPlan model) {
        TrainingConfig training = config.training();
        AdamW.Constants constants = new AdamW.Constants(
                training.betas().get(0), training.betas().get(1), training.epsilon(), training.weightDecay());
        return new TrainingGraph(
                model.description().config(),
                model.schedule(),
                BatchPlan.split(model.schedule(), training.batch() / training.accumulate()),
                new StepOptions(
                        training.packing(),
                        training.recompute(),
                        model.description().transport().prediction(),
                        training.clipNorm(),
                        training.accumulate()),
                constants,
                options().averageNames(),
                session);
    }

    private TrainingOptions options() {
        return options(config);
    }

    private static TrainingOptions options(ExperimentConfig config) {
        TrainingConfig training = config.training();
        return new TrainingOptions(
                config.seed(),
                training.steps(),
                training.learningRate().schedule(training.steps()),
                training.ema().averages(),
                training.checkpointEvery(),
                training.ema().snapshotEvery(),
                training.onNotFinite());
    }

    /** Batches of the steps to come, loaded while the one at hand is trained on. */
    private ReadAhead<LatentBatch> batches(ModelPlan model) throws IOException {
        LatentLoader loader = new LatentLoader(data.latents(), config.seed());
        int rows = model.batch().batch();
        return new ReadAhead<>(
                step -> {
                    LoadedBatch loaded = loader.batch(step, rows);
                    return new LatentBatch(loaded.latents(), loaded.labels());
                },
                unused -> {},
                1,
                AHEAD);
    }

    private Trainer trainer(
            ModelPlan model,
            TrainingGraph graph,
            Checkpoints checkpoints,
            TrainingJournal journal,
            ReadAhead<LatentBatch> batches,
            StopSignal signal) {
        TrainingConfig training = config.training();
        BatchDraw draw = new BatchDraw(
                config.seed(),
                model.schedule(),
                model.batch(),
                config.model().classDropout(),
                model.description().config().nullClass(),
                model.description().transport(),
                training.lossWeight());
        return new Trainer(
                graph,
                fresh -> start(model).load(fresh, run.resolve(model.folder()).resolve("start.safetensors")),
                draw,
                (step, rows) -> batches.take(step),
                options(),
                checkpoints,
                List.of(journal),
                signal::requested);
    }
}
