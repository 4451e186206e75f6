package org.ppflow.app.experiment;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.app.config.UsedExtensions;
import org.ppflow.app.console.ConsoleProgress;
import org.ppflow.app.run.RunFolder;
import org.ppflow.app.table.Table;
import org.ppflow.eval.cache.UserCache;
import org.ppflow.nn.files.AtomicFiles;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.provenance.Provenance;
import org.ppflow.nn.session.SessionOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.TensorFlow;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Data, classifier or feature network, then each model trained, sampled and scored, then table and report. Every stage is skipped when what it follows
 * from has not changed since it was done, and a stage that was killed goes on where it was.
 */
public final class Experiment implements ExperimentRunner {
    private static final Logger LOG = LoggerFactory.getLogger(Experiment.class);

    @Override
    public void run(ExperimentConfig config, RunOptions options) throws IOException {
        options.requireWritable();
        List<ModelPlan> plans = new ArrayList<>();
        for (var schedule : config.schedules()) {
            plans.add(ModelPlan.of(config, schedule));
        }
        NamedFiles files = new NamedFiles(config);
        if (options.dryRun()) {
            files.missing().forEach(missing -> options.err().println("warning: " + missing.warning()));
            options.err().flush();
        } else {
            files.require(options.until());
        }
        new EncodedLatents(config).require(options.until());
        new NamedPictures(config).require(options.until(), options.dryRun());
        for (ModelPlan plan : plans) {
            InitialWeights start = new InitialWeights(config.init(), plan.description(), config.seed());
            if (!options.dryRun() || start.there()) {
                start.require();
            }
        }
        if (options.dryRun()) {
            PlanTable plan = new PlanTable(config, plans);
            options.tables().print(plan.toText());
            options.tables().flush();
            options.writeJson(plan.toJson());
            return;
        }
        try (RunFolder run = RunFolder.open(options.root(), options.runs(), config, options::onConfig)) {
            try {
                perform(config, plans, run, options);
            } catch (IOException | RuntimeException e) {
                LOG.info("ended by", e);
                throw e;
            }
        }
    }

    private static void perform(ExperimentConfig config, List<ModelPlan> plans, RunFolder run, RunOptions options)
            throws IOException {
        PrintWriter err = options.err();
        Progress progress = ConsoleProgress.of(err);
        SessionOptions session = new SessionOptions(
                config.runtime().threads(),
                config.runtime().precision(),
                config.runtime().xla());
        boolean reported = Files.exists(run.resolve(ReportStage.REPORT));
        if (reported) {
            err.println("checking what " + run.path() + " has already");
            err.flush();
        }
        List<ModelResult> results = new ArrayList<>();
        try (DataStage data = new DataStage(config, run, progress);
                ClassifierStage classifier = new ClassifierStage(config, run, data, session, progress)) {
            keepProvenance(config, run, data, options, progress);
            data.prepare();
            SamplingStage sampling = new SamplingStage(config, run, data, session, progress);
            TrainingStage training = new TrainingStage(
                    config, run, data, new WatchStage(config, run, sampling, classifier), session, progress);
            if (options.until() != RunOptions.Until.REPORT) {
                if (config.watch().every() > 0 && config.byClassifier()) {
                    classifier.prepare();
                }
                trainAndSample(plans, training, sampling, run, options);
                new RunCodes(run.path())
                        .cautionsBetween(plans)
                        .forEach(caution -> err.println("Caution: " + caution + "."));
                tellUnseenChange(run, err);
                if (options.until() == RunOptions.Until.SAMPLES && new EncodedLatents(config).alone()) {
                    drawPanels(plans, training, new PanelStage(config, run, data, session, progress));
                }
                return;
            }
            Scoring scoring = config.evaluation().byNetwork()
                    ? new NetworkStage(
                            config, run, data, options.cache().orElseGet(UserCache::folder), session, progress)
                    : new EvaluationStage(config, run, data, classifier, sampling);
            scoring.prepare(plans);
            PanelStage panel = new PanelStage(config, run, data, session, progress);
            for (ModelPlan plan : plans) {
                TrainingStage.Figures trained = training.train(plan);
                SamplingStage.Figures sampled = sampling.sample(plan, training.weights(plan));
                panel.draw(plan, training.weights(plan));
                results.add(new ModelResult(plan, trained, sampled, scoring.evaluate(plan)));
            }
            ScoreRows scores = scoring.rows(results);
            Table table = ResultTable.of(
                    config.name() + ": what the pyramid buys",
                    results,
                    scores,
                    new RunCodes(run.path()).cautions(plans));
            AtomicFiles.writeText(run.resolve("table.md"), table.toMarkdown());
            AtomicFiles.writeText(run.resolve("table.json"), table.toJson());
            new ReportStage(config, run, data, sampling).write(results, table);
            RecordTarget target = options.record().orElseGet(() -> RecordTarget.of(config, run.resolve("records")));
            new RecordStage(run, data, sampling, target).write(results);
            if (reported && !run.worked()) {
                err.println(run.path() + " is finished; nothing was done again");
            }
            tellUnseenChange(run, err);
            options.tables().println(table.toText());
            // Beside the numbers that they are about: standard error may be thrown away.
            results.stream()
                    .flatMap(result -> result.evaluation().preflight().stream())
                    .distinct()
                    .forEach(finding -> options.tables().println("! " + finding));
            options.tables()
                    .println("Report: " + run.resolve(ReportStage.REPORT).toAbsolutePath());
            options.tables().flush();
            options.writeJson(table.toJson());
        }
    }

    /** Somebody who changed a line and sees the old numbers should know why. */
    private static void tellUnseenChange(RunFolder run, PrintWriter err) {
        run.unseenChange()
                .ifPresent(change -> err.println("Caution: what was done already was done by other code, that of "
                        + change.earlier() + change.where()
                        + ", and is not done again; to see what this code does, " + run.afresh()));
        err.flush();
    }

    /** What a report shows beside the samples: a run of latents alone comes no further, another draws them when it is run. */
    private static void drawPanels(List<ModelPlan> plans, TrainingStage training, PanelStage panel) throws IOException {
        for (ModelPlan plan : plans) {
            panel.draw(plan, training.weights(plan));
        }
    }

    /** Trains, samples where that is wanted, and says where things lie. */
    private static void trainAndSample(
            List<ModelPlan> plans, TrainingStage training, SamplingStage sampling, RunFolder run, RunOptions options)
            throws IOException {
        ArrayNode figures = JsonMapper.shared().createArrayNode();
        RunCodes codes = new RunCodes(run.path());
        for (ModelPlan plan : plans) {
            TrainingStage.Figures trained = training.train(plan);
            Path weights = training.weights(plan);
            ObjectNode row = figures.addObject();
            row.put("schedule", plan.name())
                    .put("weights", weights.toString())
                    .put("steps", trained.steps())
                    .put("training_images_per_s", trained.imagesPerSecond());
            List<String> cautions = new ArrayList<>(BusyMeasurements.ofTraining(plan, trained));
            codes.cautionOfTraining(plan).ifPresent(cautions::add);
            if (options.until() == RunOptions.Until.WEIGHTS) {
                options.tables()
                        .printf(
                                Locale.ROOT,
                                "%s: %s after %d steps, %.4g images/s in %.1f s of steps (the progress also counts starting and saving)%n",
                                weights,
                                plan.name(),
                                trained.steps(),
                                trained.imagesPerSecond(),
                                trained.seconds());
                tell(cautions, row, options);
                continue;
            }
            SamplingStage.Figures drawn = sampling.sample(plan, weights);
            Path file = run.resolve(plan.folder()).resolve("samples/samples.npz");
            options.tables()
                    .printf(
                            Locale.ROOT,
                            "%s: %d samples of %s, NFE %s, %.3g images/s%n",
                            file,
                            drawn.samples(),
                            plan.name(),
                            ResultTable.counts(drawn.nfe(), drawn.evaluations()),
                            drawn.samplesPerSecond());
            row.put("samples", drawn.samples())
                    .put("file", file.toString())
                    .put("nfe", drawn.nfe())
                    .put("images_per_s", drawn.samplesPerSecond());
            cautions.addAll(BusyMeasurements.ofSampling(plan, drawn));
            codes.cautionOfSamples(plan).ifPresent(cautions::add);
            tell(cautions, row, options);
        }
        options.tables().flush();
        options.writeJson(figures.toPrettyString());
    }

    private static void tell(List<String> cautions, ObjectNode row, RunOptions options) {
        if (!cautions.isEmpty()) {
            cautions.forEach(caution -> options.tables().println("Caution: " + caution + "."));
            cautions.forEach(row.putArray("cautions")::add);
        }
    }

    private static void keepProvenance(
            ExperimentConfig config, RunFolder run, DataStage data, RunOptions options, Progress progress)
            throws IOException {
        // Listing devices would open the process's pool of threads before the first session sizes it; the natives say
        // as much.
        boolean cuda = System.getProperty("java.class.path", "").contains("-gpu.jar");
        run.keepProvenance(
                Provenance.now(
                                TensorFlow.version(),
                                cuda ? "TensorFlow's choice, natives with CUDA" : "cpu",
                                Map.of("seed", config.seed()),
                                Map.of(config.data().source(), data.picturesHash()),
                                options.commandLine())
                        .with(UsedExtensions.of(config)),
                caution -> progress.say("Caution: " + caution));
    }
}
