package org.ppflow.flow.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ppflow.flow.level.Boundary;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.pyramid.Stage;
import org.ppflow.flow.transport.PathPoint;
import org.ppflow.nn.array.FloatArray;

/**
 * The way of some samples from noise to data: where the solver stops, which level answers there, what the networks then take for the data, and what it
 * takes to go on to the next point. Solvers that choose their steps are seen only at the times that they have to stop at.
 *
 * @param points from noise to data, at least two
 */
public record DenoisingTrace(List<Point> points) {
    /**
     * A point of the way.
     *
     * @param t time in [0, 1]; of a pyramid, the clock on which each level has its stage
     * @param level that answers at t
     * @param state x_t, [N, C, H, W]
     * @param data the x1 that x_t and the velocity there mean (x + (1 − t)·v on the linear path); at the last point the state itself. Of a pyramid, whose
     *     stages see other data each, the end of the straight line through x_t
     * @param onwards evaluations of each level, an image, on the way to the next point; none at the last one
     */
    public record Point(double t, int level, FloatArray state, FloatArray data, EvaluationCounts onwards) {}

    public DenoisingTrace {
        points = List.copyOf(points);
        if (points.size() < 2) {
            throw new IllegalArgumentException("points: " + points.size() + " must be at least 2");
        }
    }

    /**
     * Goes the way and looks. What comes out at its end is what the sampler draws from the same start; the looks cost one evaluation a point more.
     *
     * @param networks the model
     * @param first index of the first sample, for the noise of an SDE, or between the stages of a pyramid
     * @param start states at the plan's first time, [N, C, H, W]
     * @param labels class of each
     * @param most points that are kept, at least 2, evenly chosen with the first and the last
     */
    public static DenoisingTrace of(
            Sampler sampler, LevelNetworks networks, long first, FloatArray start, int[] labels, int most) {
        if (most < 2) {
            throw new IllegalArgumentException("most: " + most + " must be at least 2");
        }
        Stops stops = new Stops(networks.schedule().count(), labels.length);
        SamplingPlan plan = sampler.plan();
        sampler.run(
                plan.guided(networks, Optional.empty(), stops, EvaluationListener.NONE), first, start, labels, stops);
        NetworkField field = new NetworkField(
                plan.guided(networks, Optional.empty(), EvaluationListener.NONE, EvaluationListener.NONE),
                plan.transport(),
                labels);
        List<Point> points = new ArrayList<>();
        int[] kept = kept(stops.states.size(), most);
        for (int i = 0; i < kept.length; i++) {
            boolean last = i == kept.length - 1;
            double t = time(plan.method(), kept[i]);
            FloatArray state = stops.states.get(kept[i]);
            points.add(new Point(
                    t,
                    level(plan, networks.schedule(), t),
                    state,
                    last ? state : data(plan, field, state, t),
                    stops.between(kept[i], last ? kept[i] : kept[i + 1])));
        }
        return new DenoisingTrace(points);
    }

    /** What a sample's way from a point to the next costs, FLOPs of the blocks of every pass. */
    public double flops(int point, SamplingCost cost) {
        return cost.blocks(points.get(point).onwards().passes());
    }

    private static int[] kept(int stops, int most) {
        int count = Math.min(stops, most);
        return IntStream.range(0, count)
                .map(i -> (int) Math.round((double) i * (stops - 1) / (count - 1)))
                .toArray();
    }

    /** An SDE's last step leads beyond its grid, to the data. */
    private static double time(SamplingMethod method, int stop) {
        TimeGrid grid = method.grid();
        return stop <= grid.steps() ? grid.point(stop) : 1;
    }

    private static int level(SamplingPlan plan, LevelSchedule schedule, double t) {
        // A pyramid's stages follow each other, whatever a time on a boundary means elsewhere.
        return plan.method() instanceof SamplingMethod.Staged
                ? schedule.levelAt(t, Boundary.HALF_OPEN)
                : schedule.levelAt(t, plan.boundary());
    }

    private static FloatArray data(SamplingPlan plan, NetworkField field, FloatArray x, double t) {
        double[] times = new double[x.rows()];
        if (plan.method() instanceof SamplingMethod.Staged staged) {
            LevelSchedule clock = staged.path().schedule();
            int level = level(plan, clock, t);
            Stage stage = staged.path().stage(level);
            double inside = stage.time(
                    (t - clock.level(level).start()) / clock.level(level).length());
            Arrays.fill(times, inside);
            return combined(x, 1, field.ofStage(level, stage.length()).velocity(x, times), 1 - inside);
        }
        Arrays.fill(times, t);
        // x = α·x1 + σ·x0 and v = α'·x1 + σ'·x0, solved for x1.
        PathPoint point = plan.transport().path().at(t);
        double determinant = point.sigma() * point.dAlpha() - point.dSigma() * point.alpha();
        return combined(x, -point.dSigma() / determinant, field.velocity(x, times), point.sigma() / determinant);
    }

    private static FloatArray combined(FloatArray x, double state, FloatArray velocity, double factor) {
        float[] values = new float[x.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (state * x.values()[i] + factor * velocity.values()[i]);
        }
        return new FloatArray(x.shape(), values);
    }

    /** States at the solver's stops, and the evaluations between them. */
    private static final class Stops implements StepListener, EvaluationListener {
        private final int levels;
        private final int rows;
        private final List<FloatArray> states = new ArrayList<>();
        private final List<EvaluationCounts> onwards = new ArrayList<>();
        private EvaluationCounter counter;

        Stops(int levels, int rows) {
            this.levels = levels;
            this.rows = rows;
            counter = new EvaluationCounter(levels);
        }

        /** The end of a pyramid's stage and the start of the next one are one stop; what counts is where the next one starts. */
        @Override
        public void at(int point, FloatArray state) {
            FloatArray copy = new FloatArray(state.shape(), state.values().clone());
            if (point < states.size()) {
                states.set(point, copy);
                return;
            }
            if (point > 0) {
                onwards.add(counter.each(rows));
                counter = new EvaluationCounter(levels);
            }
            states.add(copy);
        }

        @Override
        public void evaluated(int level, boolean withSecondBranch, int evaluated) {
            counter.evaluated(level, withSecondBranch, evaluated);
        }

        EvaluationCounts between(int from, int to) {
            double[] evaluations = new double[levels];
            double[] guided = new double[levels];
            for (EvaluationCounts step : onwards.subList(from, to)) {
                for (int level = 0; level < levels; level++) {
                    evaluations[level] += step.evaluations().get(level);
                    guided[level] += step.guided().get(level);
                }
            }
            return new EvaluationCounts(
                    Arrays.stream(evaluations).boxed().toList(),
                    Arrays.stream(guided).boxed().toList());
        }
    }
}
