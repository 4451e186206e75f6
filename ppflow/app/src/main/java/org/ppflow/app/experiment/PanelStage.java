package org.ppflow.app.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.app.config.ReportConfig;
import org.ppflow.app.report.PathPanel;
import org.ppflow.app.run.RunFolder;
import org.ppflow.app.run.StepFiles;
import org.ppflow.data.picture.PictureBatch;
import org.ppflow.flow.level.PatchLevel;
import org.ppflow.flow.level.PatchSize;
import org.ppflow.flow.sampling.DenoisingTrace;
import org.ppflow.flow.sampling.EvaluationListener;
import org.ppflow.flow.sampling.GuidedNetworks;
import org.ppflow.flow.sampling.LevelNetworks;
import org.ppflow.flow.sampling.Sampler;
import org.ppflow.flow.sampling.SamplingCost;
import org.ppflow.flow.sampling.SamplingGraph;
import org.ppflow.flow.sampling.SamplingMethod;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.files.AtomicFiles;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.session.SessionOptions;

/**
 * Draws what a report lets one click through, beside the samples and without touching them: in {@code panel/} of the model's folder a sheet of samples of some
 * classes at some guidance scales from the same noise, and a sheet of a few samples on their way from noise to data. It takes as long as sampling so many more.
 */
final class PanelStage {
    /** What people read of it, in plans and while it draws. */
    static final String NAME = "report samples";

    private final ExperimentConfig config;
    private final RunFolder run;
    private final DataStage data;
    private final SessionOptions session;
    private final Progress progress;

    PanelStage(ExperimentConfig config, RunFolder run, DataStage data, SessionOptions session, Progress progress) {
        this.config = config;
        this.run = run;
        this.data = data;
        this.session = session;
        this.progress = progress;
    }

    /** Draws, unless that is done or nothing is asked for. */
    void draw(ModelPlan model, Path weights) throws IOException {
        ReportConfig asked = config.report();
        if (asked.classes() == 0 && asked.paths() == 0) {
            return;
        }
        String folder = PanelFile.folder(model);
        String inputs = StageJson.hash(
                Sha256.of(weights),
                config.sampling().withCount(1), // their number changes nothing here
                asked,
                config.seed(),
                data.latentsHash(),
                config.runtime().arithmetic());
        run.shared(step(model), inputs, StepFiles.of(folder), () -> {
            Files.createDirectories(run.resolve(model.folder()));
            try (SamplingGraph graph = SamplingGraph.open(weights, session)) {
                write(model, graph, run.resolve(folder));
            }
        });
    }

    /** Name of the step. */
    static String step(ModelPlan model) {
        return "panel-" + model.name().replace('/', '-');
    }

    /** How many it draws of a model: what it costs is what sampling so many costs. */
    static long samples(ExperimentConfig config, ModelPlan model) {
        int classes = model.description().config().classes();
        return (long) Math.min(classes, config.report().classes())
                        * config.report().noises()
                        * Scales.of(config, model.schedule()).all().size()
                + Math.min(classes, config.report().paths());
    }

    private void write(ModelPlan model, LevelNetworks networks, Path folder) throws IOException {
        long started = System.nanoTime();
        List<Integer> classes =
                chosen(model.description().config().classes(), config.report().classes());
        List<Integer> ways =
                chosen(model.description().config().classes(), config.report().paths());
        Scales scales = Scales.of(config, model.schedule());
        List<String> names = data.latents().classNames();
        long all = samples(config, model);
        try (Progress.Task task = progress.start(NAME + " of " + model.name(), all, 0, "images")) {
            Optional<Sheet> guidance = classes.isEmpty()
                    ? Optional.empty()
                    : Optional.of(guidance(model, networks, classes, scales, task));
            Optional<Way> way = ways.isEmpty() ? Optional.empty() : Optional.of(way(model, networks, ways));
            task.advanceTo(all);
            PanelFile file = new PanelFile(
                    guidance.map(sheet -> new PanelFile.Guidance(
                                    classes.stream().map(names::get).toList(),
                                    scales.names(),
                                    scales.own(),
                                    config.report().noises(),
                                    sheet.blank()))
                            .orElse(null),
                    way.map(sheet -> new PanelFile.Way(
                                    ways.stream().map(names::get).toList(), sheet.points()))
                            .orElse(null),
                    (System.nanoTime() - started) / 1e9);
            AtomicFiles.deleteRecursively(folder);
            AtomicFiles.writeFolder(folder, unfinished -> {
                if (guidance.isPresent()) {
                    Files.write(
                            unfinished.resolve(PanelFile.GUIDANCE),
                            guidance.get().png());
                }
                if (way.isPresent()) {
                    Files.write(unfinished.resolve(PanelFile.WAY), way.get().png());
                }
                StageJson.write(unfinished.resolve(PanelFile.NAME), file);
            });
        }
    }

    /** So many of the classes, evenly. */
    private static List<Integer> chosen(int classes, int most) {
        int count = Math.min(classes, most);
        return IntStream.range(0, count)
                .map(i -> (int) ((long) i * classes / count))
                .boxed()
                .toList();
    }

    /**
     * A sheet of samples.
     *
     * @param png its bytes
     * @param blank samples that were not finite, which are shown as a latent of zeros
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Sheet(byte[] png, int blank) {}

    /** A sheet of ways, and its points. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Way(byte[] png, List<PathPanel.Point> points) {}

    private Sheet guidance(
            ModelPlan model, LevelNetworks networks, List<Integer> classes, Scales scales, Progress.Task task)
            throws IOException {
        int noises = config.report().noises();
        int columns = scales.all().size();
        // The noise that comes in on the way goes by a row's number: only an ODE may have several classes together.
        int together = model.sampler().plan().method() instanceof SamplingMethod.Ode
                ? Math.max(1, model.sampler().batch() / noises)
                : 1;
        PanelTiles tiles = new PanelTiles(columns);
        int blank = 0;
        for (int first = 0; first < classes.size(); first += together) {
            List<Integer> some = classes.subList(first, Math.min(classes.size(), first + together));
            int rows = some.size() * noises;
            FloatArray start = repeated(model.sampler().noise(0, noises), some.size());
            int[] labels =
                    IntStream.range(0, rows).map(row -> some.get(row / noises)).toArray();
            for (int column = 0; column < columns; column++) {
                Sampler sampler = ModelPlan.sampler(
                        config,
                        model.description().config(),
                        config.sampling().withGuidance(scales.all().get(column)),
                        model.schedule());
                GuidedNetworks guided = sampler.plan()
                        .guided(networks, Optional.empty(), EvaluationListener.NONE, EvaluationListener.NONE);
                FloatArray drawn = sampler.run(guided, 0, start, labels);
                blank += blankNotFinite(drawn);
                tiles.put(data.decode(drawn), first * noises, column);
                task.advanceTo((long) first * noises * columns + (long) rows * (column + 1));
            }
        }
        return new Sheet(tiles.png(), blank);
    }

    private Way way(ModelPlan model, LevelNetworks networks, List<Integer> classes) throws IOException {
        int[] labels = classes.stream().mapToInt(Integer::intValue).toArray();
        DenoisingTrace trace = DenoisingTrace.of(
                model.sampler(),
                networks,
                0,
                model.sampler().noise(0, labels.length),
                labels,
                config.report().points());
        SamplingCost cost = new SamplingCost(model.flops(), model.schedule());
        double finest = model.flops().blocks(new PatchLevel(cost.finest(), 0, 1));
        PanelTiles tiles = new PanelTiles(trace.points().size());
        List<PathPanel.Point> points = new ArrayList<>();
        for (int i = 0; i < trace.points().size(); i++) {
            DenoisingTrace.Point point = trace.points().get(i);
            blankNotFinite(point.state());
            blankNotFinite(point.data());
            PictureBatch states = data.decode(point.state());
            PictureBatch ends = data.decode(point.data());
            for (int row = 0; row < labels.length; row++) {
                tiles.put(states, row, 2 * row, i);
                tiles.put(ends, row, 2 * row + 1, i);
            }
            double passes = point.onwards().passes().stream()
                    .mapToDouble(Double::doubleValue)
                    .sum();
            double flops = trace.flops(i, cost);
            PatchSize patch = model.schedule().level(point.level()).patch();
            points.add(new PathPanel.Point(
                    point.t(),
                    point.level(),
                    model.schedule().describe(point.level()),
                    patch.tokens(
                            model.description().config().height(),
                            model.description().config().width()),
                    point.onwards().nfe(),
                    flops,
                    passes == 0 ? 0 : flops / (passes * finest)));
        }
        return new Way(tiles.png(), points);
    }

    private static FloatArray repeated(FloatArray rows, int times) {
        int[] shape = rows.shape().clone();
        shape[0] *= times;
        FloatArray all = FloatArray.zeros(shape);
        for (int i = 0; i < times; i++) {
            System.arraycopy(rows.values(), 0, all.values(), i * rows.values().length, rows.values().length);
        }
        return all;
    }

    /** A guidance scale that a network cannot take must not cost a run its end. */
    private static int blankNotFinite(FloatArray rows) {
        int size = rows.rowSize();
        int blank = 0;
        for (int row = 0; row < rows.rows(); row++) {
            boolean finite = true;
            for (int i = row * size; finite && i < (row + 1) * size; i++) {
                finite = Float.isFinite(rows.values()[i]);
            }
            if (!finite) {
                blank++;
                Arrays.fill(rows.values(), row * size, (row + 1) * size, 0);
            }
        }
        return blank;
    }
}
