package org.ppflow.flow.sampling;

import java.util.ArrayList;
import java.util.List;
import org.ppflow.nn.array.FloatArray;

/**
 * Dormand–Prince 5(4) as torchdiffeq 0.2.5 does it, to measure what its ways cost: one step and one error norm for the whole batch, and
 * a last step that goes past the end, so that the network is asked at times beyond [0, 1] (there the first or the last level answers) and
 * the points of the grid are read from a quartic. Holds a dozen states.
 *
 * @param control of the steps
 */
record TorchdiffeqDopri5(StepControl control) implements OdeSolver {
    /** The published tolerances: absolute 1e-6, relative 1e-3. */
    static final TorchdiffeqDopri5 DEFAULT = new TorchdiffeqDopri5(StepControl.DEFAULT);

    private static final double SHORTEST = 1e-13;

    /** Its estimate of the error compares with another solution of order 4 than Dormand and Prince's (Shampine 1986). */
    private static final List<Double> ERROR = List.of(
            35.0 / 384 - 1951.0 / 21600,
            0.0,
            500.0 / 1113 - 22642.0 / 50085,
            125.0 / 192 - 451.0 / 720,
            -2187.0 / 6784 + 12231.0 / 42400,
            11.0 / 84 - 649.0 / 6300,
            -1.0 / 60);

    @Override
    public String name() {
        return "dopri5-torchdiffeq";
    }

    @Override
    public boolean adaptive() {
        return true;
    }

    @Override
    public FloatArray solve(VelocityField field, FloatArray x, TimeGrid grid, StepListener listener) {
        listener.at(0, x);
        double direction = Math.signum(grid.point(1) - grid.point(0));
        double time = grid.point(0);
        FloatArray state = x;
        FloatArray slope = field.velocityAt(state, time);
        double guess = control.guess(state, slope);
        FloatArray ahead = field.velocityAt(
                Slopes.plus(state, direction * guess, List.of(1.0), List.of(slope)), time + direction * guess);
        double length = control.first(state, slope, guess, ahead);
        FloatArray result = state;
        int next = 1;
        while (next <= grid.steps()) {
            double h = direction * length;
            double end = time + h;
            // One float32 below the end, as there.
            double belowEnd =
                    Math.nextAfter((float) end, direction > 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
            List<FloatArray> stages = new ArrayList<>(List.of(slope));
            FloatArray after = state;
            for (int stage = 1; stage < DormandPrince.NODES.size(); stage++) {
                after = Slopes.plus(state, h, DormandPrince.STAGES.get(stage), stages);
                double node = DormandPrince.NODES.get(stage);
                stages.add(field.velocityAt(after, node == 1 ? belowEnd : time + node * h));
            }
            FloatArray errors = Slopes.plus(FloatArray.zeros(x.shape()), h, ERROR, stages);
            double error = control.norm(StepControl.doubles(errors), control.scales(state, after), state.rowSize());
            if (error <= 1) {
                while (next <= grid.steps() && direction * (end - grid.point(next)) >= 0) {
                    result = between(state, after, stages, h, (grid.point(next) - time) / h);
                    listener.at(next, result);
                    next++;
                }
                state = after;
                slope = stages.get(stages.size() - 1);
                time = end;
            }
            length *= StepControl.factor(error);
            if (!(length > SHORTEST) && next <= grid.steps()) {
                throw new ArithmeticException("dopri5-torchdiffeq: the batch gets no further than t = " + time
                        + ": the velocity is not finite, or jumps there");
            }
        }
        return result;
    }

    /**
     * The quartic through both ends, both slopes and the middle.
     *
     * @param share place in the step, from 0 to 1
     */
    private static FloatArray between(
            FloatArray before, FloatArray after, List<FloatArray> stages, double h, double share) {
        float[] first = stages.get(0).values();
        float[] last = stages.get(stages.size() - 1).values();
        float[] middle = Slopes.plus(before, h, DormandPrince.MIDDLE, stages).values();
        float[] result = new float[middle.length];
        for (int i = 0; i < result.length; i++) {
            double y0 = before.values()[i];
            double y1 = after.values()[i];
            double f0 = h * first[i];
            double f1 = h * last[i];
            double ym = middle[i];
            double a = 2 * (f1 - f0) - 8 * (y1 + y0) + 16 * ym;
            double b = 5 * f0 - 3 * f1 + 18 * y0 + 14 * y1 - 32 * ym;
            double c = f1 - 4 * f0 - 11 * y0 - 5 * y1 + 16 * ym;
            result[i] = (float) (y0 + share * (f0 + share * (c + share * (b + share * a))));
        }
        return new FloatArray(before.shape(), result);
    }
}
