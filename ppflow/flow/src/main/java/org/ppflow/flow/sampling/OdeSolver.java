package org.ppflow.flow.sampling;

import org.ppflow.nn.array.FloatArray;

/** A one-step method for d x / d t = v(x, t). */
public interface OdeSolver {
    /** Name in configs and tables. */
    String name();

    /**
     * Goes one step.
     *
     * @param field right-hand side; asked with the time of each stage, so each stage gets the level of its own time
     * @param x state at {@code from}; not changed
     * @param from time at the start
     * @param to time at the end
     * @return state at {@code to}
     */
    FloatArray step(VelocityField field, FloatArray x, double from, double to);

    /** Goes through a whole grid. */
    default FloatArray solve(VelocityField field, FloatArray x, TimeGrid grid) {
        FloatArray state = x;
        for (int i = 0; i < grid.steps(); i++) {
            state = step(field, state, grid.point(i), grid.point(i + 1));
        }
        return state;
    }
}
