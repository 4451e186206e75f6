package org.ppflow.notebook.workbench;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.ppflow.app.command.ExperimentOptions;
import org.ppflow.app.command.QuickstartCommand;
import org.ppflow.app.config.ConfigReader;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.app.experiment.RunOptions;
import org.ppflow.app.figure.Axis;
import org.ppflow.app.figure.CurveChart;
import org.ppflow.app.figure.Figure;
import org.ppflow.app.figure.Point;
import org.ppflow.app.run.MetricsLog;
import org.ppflow.app.run.RunFolder;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.notebook.display.Bundle;
import org.ppflow.notebook.display.CellWriter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An experiment and its folder {@code runs/NAME}, as {@code bin/ppflow run} does it: what is done is not done again, and a cell that was interrupted goes on where it was.
 *
 * @param config the experiment
 */
public record Run(ExperimentConfig config) {
    private static final Path RUNS = Path.of("runs");
    private static final double SMOOTHING = 0.95;

    /** The experiment of {@code bin/ppflow quickstart}, with keys of its config set as {@code --set} does: {@code "training.images=4800"}. */
    public static Run quickstart(String... changes) throws IOException {
        try (InputStream in = QuickstartCommand.class.getResourceAsStream("quickstart.yaml")) {
            if (in == null) {
                throw new IllegalStateException("quickstart.yaml is not on the class path");
            }
            String yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new Run(ConfigReader.parse("configs/quickstart.yaml", yaml, List.of(changes)));
        }
    }

    /** The experiment of a config file, with keys set. */
    public static Run of(String configFile, String... changes) throws IOException {
        return new Run(ConfigReader.read(Path.of(configFile), List.of(changes)));
    }

    /** With other levels, the only ones. */
    public Run schedule(LevelSchedule schedule) {
        return new Run(config.withSchedule(schedule));
    }

    /** What it would do and cost: counted, nothing runs. */
    public Bundle plan() throws IOException {
        StringWriter text = new StringWriter();
        perform(RunOptions.Until.REPORT, true, text);
        String all = text.toString();
        String title = config.name() + " would do this";
        return Bundle.text(all.substring(Math.max(0, all.indexOf(title))).strip());
    }

    /** Trains the models, as far as they are not trained. An interrupt saves a checkpoint; the same cell goes on from there. */
    public Run train() throws IOException {
        perform(RunOptions.Until.WEIGHTS, false, Writer.nullWriter());
        return this;
    }

    /** Does all of it: trains, samples, scores, and writes table and report. */
    public Run complete() throws IOException {
        perform(RunOptions.Until.REPORT, false, Writer.nullWriter());
        return this;
    }

    private void perform(RunOptions.Until until, boolean dryRun, Writer out) throws IOException {
        RunOptions options = new RunOptions(
                RUNS,
                until,
                dryRun,
                null,
                List.of("notebook"),
                new PrintWriter(out),
                new CellWriter(Writer.nullWriter()));
        ExperimentOptions.installedRunner().run(config, options);
    }

    /** Its folder. */
    public Path folder() {
        return RUNS.resolve(config.name());
    }

    /** The table that {@link #complete} leaves. */
    public Bundle table() throws IOException {
        String markdown = Files.readString(finished("table.md"));
        return Bundle.of(Bundle.MARKDOWN, markdown, markdown);
    }

    /**
     * A number of the table.
     *
     * @param schedule name of the model
     * @param key as in {@code table.json}: {@code nfe}, {@code parameters}, {@code classifier_fd}
     */
    public double result(String schedule, String key) throws IOException {
        JsonNode rows = JsonMapper.shared()
                .readTree(Files.readString(finished("table.json")))
                .path("rows");
        for (JsonNode row : rows) {
            if (row.path("model").asString("").equals(schedule) && row.path(key).isNumber()) {
                return row.path(key).asDouble();
            }
        }
        throw BadInputException.at("result(\"" + schedule + "\", \"" + key + "\")")
                .found("no such number in " + folder().resolve("table.json"))
                .expected("a model of "
                        + config.schedules().stream().map(LevelSchedule::name).toList() + " and a key of that file")
                .build();
    }

    /** A trained model, with its averaged weights of the last step. */
    public Model model(String schedule) throws IOException {
        return Model.open(weights(schedule));
    }

    /** The file of these weights. */
    public Path weights(String schedule) throws IOException {
        Path checkpoints = modelFolder(schedule).resolve(RunFolder.CHECKPOINTS);
        String step = String.format(Locale.ROOT, "%08d", config.training().steps());
        Path last = checkpoints.resolve(step);
        if (!Files.isDirectory(last)) {
            throw BadInputException.at(last.toString())
                    .found("no checkpoint of the last step")
                    .expected("a finished training")
                    .advice("call train() or complete() first")
                    .build();
        }
        try (Stream<Path> files = Files.list(last)) {
            return files.filter(file -> String.valueOf(file.getFileName()).startsWith("ema-"))
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    /** Loss over images seen: a faint line of every step below its mean, and with several levels a line for each. */
    public Figure losses(String schedule) throws IOException {
        List<JsonNode> steps = MetricsLog.read(modelFolder(schedule).resolve("metrics.jsonl"));
        int levels = (int) config.schedules().stream()
                .filter(one -> one.name().equals(schedule))
                .mapToLong(LevelSchedule::count)
                .sum();
        List<CurveChart.Curve> curves = new ArrayList<>();
        curves.add(new CurveChart.Curve("", points(steps, "loss", 0)));
        curves.add(new CurveChart.Curve("all levels", points(steps, "loss", SMOOTHING)));
        for (int level = 0; level < levels && levels > 1; level++) {
            curves.add(new CurveChart.Curve("level " + level, points(steps, "loss_level" + level, SMOOTHING)));
        }
        return new CurveChart("", Axis.linear("images seen"), new Axis("loss", true), curves)
                .figure("loss of " + schedule + " over images seen");
    }

    /** Smoothed exponentially, without the bias of its start. */
    private static List<Point> points(List<JsonNode> steps, String key, double smoothing) {
        List<Point> points = new ArrayList<>();
        double mean = 0;
        double weight = 0;
        for (JsonNode step : steps) {
            double loss = step.path(key).asDouble(Double.NaN);
            if (Double.isFinite(loss) && loss > 0) {
                mean = smoothing * mean + (1 - smoothing) * loss;
                weight = smoothing * weight + (1 - smoothing);
                points.add(new Point(step.path("images").asDouble(), mean / weight));
            }
        }
        return points;
    }

    /** Mean loss of the last steps; of those that were finite. */
    public double lastLoss(String schedule, int steps) throws IOException {
        List<JsonNode> all = MetricsLog.read(modelFolder(schedule).resolve("metrics.jsonl"));
        return all.subList(Math.max(0, all.size() - steps), all.size()).stream()
                .mapToDouble(step -> step.path("loss").asDouble(Double.NaN))
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }

    /** The looks at samples while it trained (key {@code watch.every}): pictures after so many steps. */
    public List<Bundle> looks(String schedule) throws IOException {
        Path all = modelFolder(schedule).resolve("watch");
        List<Bundle> looks = new ArrayList<>();
        for (JsonNode line : MetricsLog.read(modelFolder(schedule).resolve("watch.jsonl"))) {
            long step = line.path("step").asLong();
            Path picture = all.resolve(String.format(Locale.ROOT, "%08d", step)).resolve("samples.png");
            if (Files.exists(picture)) {
                looks.add(Bundle.of(
                        Bundle.PNG,
                        Base64.getEncoder().encodeToString(Files.readAllBytes(picture)),
                        "samples after " + step + " steps"));
            }
        }
        return looks;
    }

    /** What those looks scored, a line each. */
    public List<JsonNode> scores(String schedule) throws IOException {
        return MetricsLog.read(modelFolder(schedule).resolve("watch.jsonl"));
    }

    private Path modelFolder(String schedule) {
        if (config.schedules().stream().noneMatch(known -> known.name().equals(schedule))) {
            throw BadInputException.at("schedule")
                    .found("'" + schedule + "'")
                    .expected("one of "
                            + config.schedules().stream()
                                    .map(LevelSchedule::name)
                                    .toList())
                    .build();
        }
        return folder().resolve(RunFolder.MODELS).resolve(schedule.replace('/', '-'));
    }

    private Path finished(String name) {
        Path file = folder().resolve(name);
        if (!Files.exists(file)) {
            throw BadInputException.at(file.toString())
                    .found("no such file")
                    .expected("a finished experiment")
                    .advice("call complete() first")
                    .build();
        }
        return file;
    }

    @Override
    public String toString() {
        return folder() + ": "
                + config.schedules().stream().map(LevelSchedule::name).toList();
    }
}
