package org.ppflow.app.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.ppflow.app.config.ConfigReader;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.app.config.FromDefaults;
import org.ppflow.app.console.Program;
import org.ppflow.app.console.ShellLine;
import org.ppflow.app.report.LossCurve;
import org.ppflow.app.report.ModelReport;
import org.ppflow.app.report.Part;
import org.ppflow.app.report.RunReport;
import org.ppflow.app.run.MetricsLog;
import org.ppflow.app.run.RunsFolder;
import org.ppflow.app.table.Table;
import org.ppflow.eval.protocol.Evaluation;
import org.ppflow.flow.level.PatchLevel;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.provenance.Provenance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a run has left so far, for a report. Only reads, so that a run may go on meanwhile; what is missing or damaged is a missing part, not a failure.
 *
 * @param path of the run
 * @param config of it
 */
public record RunReading(Path path, ExperimentConfig config) {
    /** The real pictures that a report shows beside samples. */
    static final String REAL = "real.png";

    private static final Logger LOG = LoggerFactory.getLogger(RunReading.class);
    private static final String CONFIG = "config.yaml";

    /** Of latents alone, which are trained on and sampled, and not run. */
    private static final String UNSCORED =
            "this run has latents alone, and scores need pictures to compare with. A config of another name that also names"
                    + " evaluation.network and evaluation.reference is scored by the command run";

    /** Points of a loss curve at most, either of single steps or means of several. */
    private static final int MOST_LOSSES = 2000;

    /** Whether a folder is a run's. */
    public static boolean isRun(Path folder) {
        return Files.isRegularFile(folder.resolve(CONFIG));
    }

    /**
     * Opens a run.
     *
     * @throws BadInputException if its config is not to be read
     */
    public static RunReading open(Path folder) throws IOException {
        return new RunReading(folder, ConfigReader.read(folder.resolve(CONFIG), List.of()));
    }

    /** What its config means for each schedule. */
    public List<ModelPlan> plans() {
        return config.schedules().stream()
                .map(schedule -> ModelPlan.of(config, schedule))
                .toList();
    }

    /** Everything there is. */
    public RunReport read() throws IOException {
        List<ModelReport> models = new ArrayList<>();
        List<ModelResult> results = new ArrayList<>();
        List<String> states = new ArrayList<>();
        Set<String> warnings = new LinkedHashSet<>(); // in the order of the models
        for (ModelPlan plan : plans()) {
            ModelReport model = model(plan);
            models.add(model);
            Optional<ModelResult> result = result(plan);
            result.ifPresent(done -> warnings.addAll(done.evaluation().preflight()));
            result.ifPresentOrElse(results::add, () -> states.add(plan.name() + ": " + state(plan, model)));
        }
        Optional<ScoreRows> scores = results.size() == models.size() ? scores(results) : Optional.empty();
        BusyMeasurements.of(results).forEach(warnings::add);
        List<String> cautions = new RunCodes(path).cautions(plans());
        warnings.addAll(cautions);
        if (!RunsFolder.isNamed(path, config.name())) {
            warnings.add("this folder is not called " + config.name()
                    + ", as its run is: nothing goes on in it before it has that name");
        }
        return new RunReport(
                config.name(),
                path.toString(),
                overall(scores.isPresent(), states),
                commands(),
                FromDefaults.of(config).stream()
                        .map(key -> new RunReport.Change(key.path(), key.value(), key.usual()))
                        .toList(),
                ConfigReader.toYaml(config),
                scores.<Part<Table>>map(rows -> Part.of(
                                ResultTable.of(config.name() + ": what the pyramid buys", results, rows, cautions)))
                        .orElseGet(() -> unscored()
                                ? Part.missing(UNSCORED, "")
                                : Part.missing("the run has not come to its table", remedy())),
                scores.map(ScoreRows::terms).orElse(List.of()),
                models,
                real(),
                facts().entries(),
                List.copyOf(warnings));
    }

    private static String overall(boolean finished, List<String> models) {
        if (finished) {
            return "Finished.";
        }
        return "Not finished. "
                + (models.isEmpty() ? "all models have scores, no table yet" : String.join("; ", models));
    }

    private List<RunReport.Command> commands() throws IOException {
        List<RunReport.Command> commands = new ArrayList<>();
        facts().provenance()
                .map(RunReading::typed)
                .ifPresent(line -> commands.add(new RunReport.Command("What was typed", line)));
        if (RunsFolder.isNamed(path, config.name())) {
            commands.add(new RunReport.Command("Go on, or check that all is as it was left", remedy()));
        }
        commands.add(
                new RunReport.Command("Do it all again beside it", again("--set", "name=" + config.name() + "-again")));
        return commands;
    }

    private RunFacts facts() {
        return new RunFacts(path, config);
    }

    private static String typed(Provenance provenance) {
        List<String> words = new ArrayList<>(provenance.commandLine());
        if (!words.isEmpty() && words.get(0).equals("ppflow")) { // by a version that kept no more of it
            words = Program.words(words.subList(1, words.size()));
        }
        return provenance.folder() == null
                ? new ShellLine(words).toString()
                : Program.in(Path.of(provenance.folder()), words);
    }

    /** The command that does what is missing of a run and leaves the rest; empty where the folder has another name than the run, which would begin anew beside it. */
    private String remedy() {
        return RunsFolder.isNamed(path, config.name()) ? again() : "";
    }

    private boolean unscored() {
        return new EncodedLatents(config).alone();
    }

    /** Runs it where it lies, or as far as it goes without scores. */
    private String again(String... options) {
        List<String> words = new ArrayList<>(List.of(unscored() ? "sample" : "run", file(CONFIG)));
        // A path of one name, or of none, is from the folder that the report was asked in.
        Path parent =
                path.getParent() == null ? path.toAbsolutePath().normalize().getParent() : path.getParent();
        if (parent != null && !parent.equals(RunsFolder.USUAL)) {
            words.addAll(List.of("--runs", parent.toString()));
        }
        words.addAll(List.of(options));
        return Program.lineForLater(words, !path.isAbsolute());
    }

    private String file(String name) {
        return path.resolve(name).toString();
    }

    private ModelReport model(ModelPlan plan) throws IOException {
        Path panel = path.resolve(PanelFile.folder(plan));
        return new ModelReport(
                plan.name(),
                levels(plan),
                losses(plan),
                samples(plan),
                PanelFile.guidance(panel, remedy()),
                PanelFile.way(panel, remedy()));
    }

    private Part<byte[]> samples(ModelPlan plan) {
        Path file = samplesFile(plan);
        if (!Files.exists(file)) {
            return Part.missing("not drawn yet", remedy());
        }
        try {
            return Part.of(SampleGrid.of(
                            file,
                            plan.description().config().classes(),
                            plan.sampler().labels(0, config.sampling().count()))
                    .png());
        } catch (IOException | RuntimeException e) { // cut off, or of other settings: the run draws them again
            LOG.warn("{}", file, e);
            return Part.missing("samples.npz cannot be read", remedy());
        }
    }

    private Path samplesFile(ModelPlan plan) {
        return path.resolve(plan.folder()).resolve("samples/samples.npz");
    }

    private Part<byte[]> real() throws IOException {
        if (config.data().encoded().isPresent()) {
            return Part.missing("the data are latents, without their pictures", "");
        }
        Path file = path.resolve(REAL);
        return Files.isRegularFile(file)
                ? Part.of(Files.readAllBytes(file))
                : Part.missing("not kept yet, or by a version that did not keep them", remedy());
    }

    private static List<ModelReport.Level> levels(ModelPlan plan) {
        List<ModelReport.Level> levels = new ArrayList<>();
        PatchLevel finest = plan.schedule().level(plan.schedule().count() - 1);
        for (int i = 0; i < plan.schedule().count(); i++) {
            PatchLevel level = plan.schedule().level(i);
            levels.add(new ModelReport.Level(
                    plan.schedule().describe(i),
                    level.start(),
                    level.end(),
                    level.patch()
                            .tokens(
                                    plan.description().config().height(),
                                    plan.description().config().width()),
                    plan.flops().blocks(level) / plan.flops().blocks(finest)));
        }
        return levels;
    }

    /** All levels together, and each where there are several. */
    private List<ModelReport.Curve> losses(ModelPlan plan) throws IOException {
        LossCurve all = new LossCurve(MOST_LOSSES);
        List<LossCurve> each = new ArrayList<>();
        for (int i = 0; i < plan.schedule().count(); i++) {
            each.add(new LossCurve(MOST_LOSSES));
        }
        MetricsLog.forEach(path.resolve(plan.folder()).resolve("metrics.jsonl"), line -> {
            double images = line.path("images").asDouble();
            all.add(images, line.path("loss").asDouble(Double.NaN));
            for (int i = 0; i < each.size(); i++) {
                each.get(i).add(images, line.path("loss_level" + i).asDouble(Double.NaN));
            }
        });
        List<ModelReport.Curve> curves = new ArrayList<>(List.of(new ModelReport.Curve("all levels", all.points())));
        for (int i = 0; i < each.size() && each.size() > 1; i++) {
            curves.add(new ModelReport.Curve(
                    plan.schedule().describe(i), each.get(i).points()));
        }
        return curves;
    }

    private String state(ModelPlan plan, ModelReport model) {
        if (Files.exists(samplesFile(plan))) {
            return "has samples, no scores yet";
        }
        if (Files.exists(path.resolve(plan.folder()).resolve("training.json"))) {
            return "is trained, has no samples yet";
        }
        var points = model.losses().get(0).points();
        double images = points.isEmpty() ? 0 : points.get(points.size() - 1).images();
        return String.format(
                Locale.ROOT,
                "has seen %,.0f of %,d images",
                images,
                config.training().steps() * config.training().batch());
    }

    private Optional<ModelResult> result(ModelPlan plan) {
        Path folder = path.resolve(plan.folder());
        try {
            return Optional.of(new ModelResult(
                    plan,
                    StageJson.read(folder.resolve("training.json"), TrainingStage.Figures.class),
                    StageJson.read(folder.resolve("samples/sampling.json"), SamplingStage.Figures.class),
                    Evaluation.parse(Files.readString(folder.resolve("evaluation.json")))));
        } catch (IOException | RuntimeException e) { // not there yet, or damaged
            LOG.debug("{} has no results: {}", folder, e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<ScoreRows> scores(List<ModelResult> results) {
        try {
            return Optional.of(
                    config.evaluation().byNetwork()
                            ? NetworkStage.rows(config.evaluation(), results)
                            : EvaluationStage.rows(path, results));
        } catch (IOException | RuntimeException e) {
            LOG.debug("{} has no table: {}", path, e.getMessage());
            return Optional.empty();
        }
    }
}
