package org.ppflow.flow.sampling;

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
                    OneSide.of(field, stretch.point(0), stretch.end(), first > 0, last < grid.steps()),
                    state,
                    stretch,
                    (point, reached) -> {
                        // The end of a stretch is the start of the next, and told of once.
                        if (before == 0 || point > 0) {
                            listener.at(before + point, reached);
                        }
                    });
            first = last;
        }
        return state;
    }
}
