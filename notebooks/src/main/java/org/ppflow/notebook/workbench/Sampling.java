package org.ppflow.notebook.workbench;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.ppflow.app.figure.Canvas;
import org.ppflow.app.figure.Figure;
import org.ppflow.app.figure.SampleGrid;
import org.ppflow.data.picture.PictureBatch;
import org.ppflow.flow.level.Boundary;
import org.ppflow.flow.model.DitConfig;
import org.ppflow.flow.sampling.EvaluationCounter;
import org.ppflow.flow.sampling.EvaluationListener;
import org.ppflow.flow.sampling.Guidance;
import org.ppflow.flow.sampling.GuidedNetworks;
import org.ppflow.flow.sampling.NetworkField;
import org.ppflow.flow.sampling.OdeSolver;
import org.ppflow.flow.sampling.OdeSolvers;
import org.ppflow.flow.sampling.SampleClasses;
import org.ppflow.flow.sampling.Sampler;
import org.ppflow.flow.sampling.SamplingCost;
import org.ppflow.flow.sampling.SamplingLedger;
import org.ppflow.flow.sampling.SamplingMethod;
import org.ppflow.flow.sampling.SamplingPlan;
import org.ppflow.flow.sampling.SamplingTimes;
import org.ppflow.flow.sampling.StepListener;
import org.ppflow.flow.transport.Transport;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.progress.Progress;
import org.ppflow.notebook.display.CellProgress;
import org.ppflow.notebook.display.InterruptedWorkException;
import org.ppflow.notebook.display.Screen;

/**
 * How samples of a model are drawn. Every word gives a new one; {@link #draw} draws. Sample i depends on the seed and i alone, whatever else is drawn with it.
 *
 * @param model that is sampled
 * @param solver of the ODE from noise to data
 * @param steps of the solver; of no meaning where it chooses them by itself
 * @param align whether the boundaries between levels are points of the grid, and no step sees the velocity beyond one
 * @param guidance scale of each level; 1 is none
 * @param seed of noise and classes
 * @param classes of the samples, one after another and again; empty for equal counts of all
 */
public record Sampling(
        Model model,
        OdeSolver solver,
        int steps,
        boolean align,
        List<Double> guidance,
        long seed,
        List<Integer> classes) {
    private static final int STEPS = 20;
    private static final int BATCH = 50;
    private static final double NANOSECONDS = 1e9;

    public Sampling {
        guidance = List.copyOf(guidance);
        classes = List.copyOf(classes);
        if (steps < 1) {
            throw new IllegalArgumentException("steps: " + steps + " must be at least 1");
        }
        if (guidance.size() != model.schedule().count()) {
            throw new IllegalArgumentException("guidance: " + guidance.size() + " scales for the "
                    + model.schedule().count() + " level(s) of "
                    + model.schedule().name()
                    + "; give one number, or one a level");
        }
        int known = model.description().config().classes();
        for (int label : classes) {
            if (label < 0 || label >= known) {
                throw new IllegalArgumentException(
                        "classes: " + label + " is not in 0 to " + (known - 1) + ", the classes of this model");
            }
        }
    }

    static Sampling of(Model model) {
        return new Sampling(
                model,
                OdeSolvers.named("heun"),
                STEPS,
                false,
                Collections.nCopies(model.schedule().count(), 1.0),
                0,
                List.of());
    }

    /** With a solver by its name: euler, midpoint, heun, heun3, rk4, rk4-38, dopri5, dopri5-torchdiffeq. */
    public Sampling solver(String name) {
        return solver(OdeSolvers.named(name));
    }

    /** With a solver of your own. */
    public Sampling solver(OdeSolver other) {
        return new Sampling(model, other, steps, align, guidance, seed, classes);
    }

    /** With another number of steps. */
    public Sampling steps(int other) {
        return new Sampling(model, solver, other, align, guidance, seed, classes);
    }

    /** With a point of the grid on every boundary between levels, so that no step crosses one. */
    public Sampling aligned() {
        return new Sampling(model, solver, steps, true, guidance, seed, classes);
    }

    /** With guidance: one scale for all levels, or one a level, from noise to data. */
    public Sampling guidance(double... scales) {
        List<Double> all = scales.length == 1
                ? Collections.nCopies(model.schedule().count(), scales[0])
                : Arrays.stream(scales).boxed().toList();
        return new Sampling(model, solver, steps, align, all, seed, classes);
    }

    /** With other noise and classes. */
    public Sampling seed(long other) {
        return new Sampling(model, solver, steps, align, guidance, other, classes);
    }

    /** Of these classes, one after another and again from the first. */
    public Sampling classes(int... labels) {
        return new Sampling(
                model,
                solver,
                steps,
                align,
                guidance,
                seed,
                Arrays.stream(labels).boxed().toList());
    }

    /** What one sample costs: counted by letting the plan run on nothing. */
    public SamplingLedger cost() {
        return SamplingLedger.count(samplingCost(), plan(), Optional.empty());
    }

    /** Draws the first samples of the seed. */
    public Samples draw(int count) {
        Sampler sampler = sampler(count);
        DitConfig config = model.description().config();
        FloatArray latents = FloatArray.zeros(count, config.channels(), config.height(), config.width());
        EvaluationCounter counter = new EvaluationCounter(model.schedule().count());
        long rows = 0;
        double seconds = 0;
        // A single batch is drawn before a bar would say anything.
        Progress progress = count <= BATCH ? Progress.NONE : new CellProgress();
        try (Progress.Task task = progress.start("sample " + model.schedule().name(), count, "images")) {
            for (long batch = 0; batch < sampler.batches(count); batch++) {
                GuidedNetworks guided = guided(counter);
                long started = System.nanoTime();
                FloatArray drawn = sampler.sample(guided, batch);
                seconds += (System.nanoTime() - started) / NANOSECONDS;
                rows += sampler.batch();
                int first = (int) batch * sampler.batch();
                int kept = Math.min(sampler.batch(), count - first);
                System.arraycopy(
                        drawn.values(), 0, latents.values(), first * latents.rowSize(), kept * latents.rowSize());
                task.advanceTo(first + kept);
            }
        }
        List<Integer> labels = Arrays.stream(sampler.labels(0, count)).boxed().toList();
        return new Samples(
                latents,
                new Pictures(model.schedule().name(), model.decoder().decode(latents), labels),
                new SamplingLedger(samplingCost(), counter.each(rows)),
                seconds);
    }

    /**
     * The way of some samples from noise to data, a time a column: the state, or where it is heading for, x + (1 − t)·v.
     *
     * @param count samples, a row each
     * @param columns how many times, evenly chosen from the solver's points
     * @param heading whether the prediction of the end is shown in place of the state
     */
    public Figure path(int count, int columns, boolean heading) {
        if (columns < 1) {
            throw new IllegalArgumentException("columns: " + columns + " must be at least 1");
        }
        Sampler sampler = sampler(count);
        GuidedNetworks guided = guided(EvaluationListener.NONE);
        int[] labels = sampler.labels(0, count);
        NetworkField field = new NetworkField(guided, transport(), labels);
        TreeMap<Integer, PictureBatch> shown = new TreeMap<>();
        SamplingMethod method = plan().method();
        List<Double> points = method.grid().points();
        List<Integer> wanted = IntStream.range(0, columns)
                .mapToObj(i -> (int) Math.round(i * (points.size() - 1.0) / Math.max(1, columns - 1)))
                .toList();
        StepListener listener = (point, state) -> {
            if (wanted.contains(point)) {
                double t = points.get(point);
                shown.put(point, model.decoder().decode(heading ? ended(field, state, t) : state));
            }
        };
        method.run(field, sampler.noise(0, count), (step, noise) -> {}, listener);
        return grid(shown, points, labels);
    }

    /** The model as the plan guides it; a sampling ends between two evaluations when the person interrupts. */
    private GuidedNetworks guided(EvaluationListener counts) {
        EvaluationListener listener = (level, guided, rows) -> {
            if (Screen.current().interrupted()) {
                throw new InterruptedWorkException("sample " + model.schedule().name());
            }
            counts.evaluated(level, guided, rows);
        };
        return plan().guided(model.graph(), Optional.empty(), listener, EvaluationListener.NONE);
    }

    private static FloatArray ended(NetworkField field, FloatArray state, double t) {
        FloatArray velocity = field.velocityAt(state, t);
        float[] end = state.values().clone();
        for (int i = 0; i < end.length; i++) {
            end[i] += (float) ((1 - t) * velocity.values()[i]);
        }
        return new FloatArray(state.shape(), end);
    }

    private Figure grid(TreeMap<Integer, PictureBatch> shown, List<Double> points, int... labels) {
        PictureBatch first = shown.firstEntry().getValue();
        int size = first.height() * first.width() * first.channels();
        List<SampleGrid.Row> rows = IntStream.range(0, labels.length)
                .mapToObj(sample -> {
                    byte[] row = new byte[shown.size() * size];
                    int column = 0;
                    for (PictureBatch at : shown.values()) {
                        System.arraycopy(at.pixels(), sample * size, row, column++ * size, size);
                    }
                    return new SampleGrid.Row("class " + labels[sample], row);
                })
                .toList();
        List<String> headings = shown.keySet().stream()
                .map(point -> {
                    double t = points.get(point);
                    return String.format(Locale.ROOT, "%.2f", t) + "  "
                            + model.schedule()
                                    .level(model.schedule().levelAt(t))
                                    .patch();
                })
                .toList();
        return new SampleGrid(rows, headings, first.height(), first.width(), first.channels())
                .figure("samples on their way from noise to data", Canvas.PAGE);
    }

    private Transport transport() {
        return model.description().transport();
    }

    private SamplingCost samplingCost() {
        return new SamplingCost(model.description().config().flops(), model.schedule());
    }

    private SamplingPlan plan() {
        SamplingMethod method =
                new SamplingTimes(steps, 1, align, Optional.empty()).ode(solver, model.schedule(), transport(), false);
        return new SamplingPlan(method, transport(), new Guidance(guidance, Guidance.ALL_CHANNELS), Boundary.HALF_OPEN);
    }

    private Sampler sampler(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("count: " + count + " must be at least 1");
        }
        DitConfig config = model.description().config();
        SampleClasses labels =
                classes.isEmpty() ? new SampleClasses.Balanced(config.classes()) : new SampleClasses.Listed(classes);
        return new Sampler(seed, config, plan(), labels, Math.min(BATCH, count));
    }
}
