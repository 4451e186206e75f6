package org.ppflow.flow.sampling;

import java.util.Arrays;
import java.util.List;
import org.ppflow.nn.array.FloatArray;

/**
 * A solver with the steps of the grid, taken from one boundary between levels to the next: every stage of a stretch is evaluated on the stretch's own side
 * of its ends. Where the velocity jumps, a method keeps its order only so: one stage beyond the jump, even at the boundary itself, leaves an error of the
 * jump times the step. Holds what the solver holds.
 *
 * @param solver what goes through each stretch; it need not know of boundaries
 * @param stops boundaries, points of every grid that it goes through
 */
record Aligned(OdeSolver solver, List<Double> stops) implements OdeSolver {
    Aligned {
        stops = List.copyOf(stops);
        if (solver.adaptive()) {
            throw new IllegalArgumentException(
                    solver.name() + " chooses its steps by itself: there is no grid to align");
        }
    }

    @Override
    public String name() {
        return solver.name();
    }

    @Override
    public FloatArray solve(VelocityField field, FloatArray x, TimeGrid grid, StepListener listener) {
        for (double stop : stops) {
            if (!grid.points().contains(stop)) {
                throw new IllegalArgumentException("grid: the boundary " + stop + " is no point of it");
            }
        }
        FloatArray state = x;
        int first = 0;
        for (int last = 1; last <= grid.steps(); last++) {
            if (last < grid.steps() && !stops.contains(grid.point(last))) {
                continue;
            }
            TimeGrid stretch = new TimeGrid(grid.points().subList(first, last + 1));
            int before = first;
            state = solver.solve(
                    side(field, stretch, first > 0, last < grid.steps()), state, stretch, (point, reached) -> {
                        // The end of a stretch is the start of the next, and told of once.
                        if (before == 0 || point > 0) {
                            listener.at(before + point, reached);
                        }
                    });
            first = last;
        }
        return state;
    }

    /** The field at times that lie strictly beyond the stops at the ends, whichever of the levels has the stop itself. */
    private static VelocityField side(VelocityField field, TimeGrid stretch, boolean leaves, boolean reaches) {
        double from = leaves ? Math.nextAfter(stretch.point(0), stretch.end()) : stretch.point(0);
        double to = reaches ? Math.nextAfter(stretch.end(), stretch.point(0)) : stretch.end();
        return new Side(field, Math.min(from, to), Math.max(from, to));
    }

    /**
     * A field at the nearest times of an interval.
     *
     * @param field of all times
     * @param low first time of the interval
     * @param high last one
     */
    private record Side(VelocityField field, double low, double high) implements VelocityField {
        @Override
        public FloatArray velocity(FloatArray x, double... t) {
            return field.velocity(
                    x,
                    Arrays.stream(t)
                            .map(time -> Math.max(low, Math.min(high, time)))
                            .toArray());
        }

        @Override
        public VelocityField ofRows(int... rows) {
            return new Side(field.ofRows(rows), low, high);
        }
    }
}
