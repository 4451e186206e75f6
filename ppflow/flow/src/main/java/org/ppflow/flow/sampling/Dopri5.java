package org.ppflow.flow.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ppflow.nn.array.FloatArray;

/**
 * Dormand–Prince 5(4) with steps of its own for each row: no row's steps depend on its neighbours', and rows that have arrived are not
 * evaluated any more. The last step ends at the last point. Six evaluations a step, and two at the start and after every stop.
 *
 * <p>The grid is what it must stop at: of a grid that goes through the boundaries between levels, no step crosses one, and the stages
 * next to a boundary are evaluated on their own side of it. Else a step that crosses a boundary sees the jump as an error and is
 * made shorter.
 *
 * <p>Differs from the reference, whose error norm is that of the whole batch and whose last step goes past the end: {@link
 * TorchdiffeqDopri5}. Holds ten states.
 *
 * @param control of the steps
 */
record Dopri5(StepControl control) implements OdeSolver {
    /** The published tolerances: absolute 1e-6, relative 1e-3. */
    static final Dopri5 DEFAULT = new Dopri5(StepControl.DEFAULT);

    /** Shorter steps get nowhere. */
    private static final double SHORTEST = 1e-13;

    @Override
    public String name() {
        return "dopri5";
    }

    @Override
    public boolean adaptive() {
        return true;
    }

    @Override
    public FloatArray solve(VelocityField field, FloatArray x, TimeGrid grid, StepListener listener) {
        FloatArray state = x;
        listener.at(0, state);
        for (int i = 0; i < grid.steps(); i++) {
            boolean leavesStop = i > 0;
            boolean reachesStop = i < grid.steps() - 1;
            Stretch stretch = new Stretch(field, state, grid.point(i), grid.point(i + 1), leavesStop, reachesStop);
            state = stretch.solve();
            listener.at(i + 1, state);
        }
        return state;
    }

    /** From one stop to the next. */
    private final class Stretch {
        private final VelocityField field;
        private final FloatArray state;
        private final double[] times;
        private final double[] steps;
        private final double to;
        private final double direction;
        private FloatArray slopes;

        Stretch(
                VelocityField field,
                FloatArray start,
                double from,
                double to,
                boolean leavesStop,
                boolean reachesStop) {
            this.field = OneSide.of(field, from, to, leavesStop, reachesStop);
            this.state = new FloatArray(start.shape(), start.values().clone());
            this.times = new double[start.rows()];
            this.steps = new double[start.rows()];
            this.to = to;
            this.direction = Math.signum(to - from);
            Arrays.fill(times, from);
            this.slopes = this.field.velocityAt(state, from);
        }

        FloatArray solve() {
            chooseFirstSteps();
            int[] active = IntStream.range(0, times.length).toArray();
            while (active.length > 0) {
                attempt(active);
                active = Arrays.stream(active).filter(row -> times[row] != to).toArray();
            }
            return state;
        }

        private void chooseFirstSteps() {
            int rows = times.length;
            double[] guesses = new double[rows];
            double[] signed = new double[rows];
            double[] ahead = new double[rows];
            for (int row = 0; row < rows; row++) {
                guesses[row] = Math.min(
                        control.guess(state.slice(row, row + 1), slopes.slice(row, row + 1)),
                        Math.abs(to - times[row]));
                signed[row] = direction * guesses[row];
                ahead[row] = times[row] + signed[row];
            }
            FloatArray moved = Slopes.plus(state, signed, List.of(1.0), List.of(slopes));
            FloatArray slopesAhead = field.velocity(moved, ahead);
            for (int row = 0; row < rows; row++) {
                steps[row] = control.first(
                        state.slice(row, row + 1),
                        slopes.slice(row, row + 1),
                        guesses[row],
                        slopesAhead.slice(row, row + 1));
            }
        }

        /** One step of each of these rows, taken where its error allows. */
        private void attempt(int... active) {
            int count = active.length;
            FloatArray before = gather(state, active);
            double[] ends = new double[count];
            double[] lengths = new double[count];
            for (int i = 0; i < count; i++) {
                double rest = Math.abs(to - times[active[i]]);
                // What would be left over is too short for a step of its own.
                boolean arrives = steps[active[i]] > rest - SHORTEST;
                ends[i] = arrives ? to : times[active[i]] + direction * steps[active[i]];
                lengths[i] = ends[i] - times[active[i]];
            }
            VelocityField here = field.ofRows(active);
            List<FloatArray> stages = new ArrayList<>(List.of(gather(slopes, active)));
            FloatArray after = before;
            for (int stage = 1; stage < DormandPrince.NODES.size(); stage++) {
                after = Slopes.plus(before, lengths, DormandPrince.STAGES.get(stage), stages);
                double[] at = new double[count];
                for (int i = 0; i < count; i++) {
                    double node = DormandPrince.NODES.get(stage);
                    at[i] = node == 1 ? ends[i] : times[active[i]] + node * lengths[i];
                }
                stages.add(here.velocity(after, at));
            }
            FloatArray last = stages.get(stages.size() - 1);
            FloatArray errors = Slopes.plus(FloatArray.zeros(before.shape()), lengths, DormandPrince.ERROR, stages);
            double[] scales = control.scales(before, after);
            int size = before.rowSize();
            for (int i = 0; i < count; i++) {
                int row = active[i];
                double error = control.norm(
                        StepControl.doubles(errors.slice(i, i + 1)),
                        Arrays.copyOfRange(scales, i * size, (i + 1) * size),
                        size);
                if (error <= 1) {
                    System.arraycopy(after.values(), i * size, state.values(), row * size, size);
                    System.arraycopy(last.values(), i * size, slopes.values(), row * size, size);
                    times[row] = ends[i];
                }
                steps[row] = Math.abs(lengths[i]) * StepControl.factor(error);
                if (!(steps[row] > SHORTEST) && times[row] != to) {
                    throw new ArithmeticException("dopri5: row " + row + " of the batch gets no further than t = "
                            + times[row] + ": its velocity is not finite, or jumps there");
                }
            }
        }
    }

    private static FloatArray gather(FloatArray all, int... rows) {
        int[] shape = all.shape().clone();
        shape[0] = rows.length;
        FloatArray some = FloatArray.zeros(shape);
        int size = all.rowSize();
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(all.values(), rows[i] * size, some.values(), i * size, size);
        }
        return some;
    }
}
