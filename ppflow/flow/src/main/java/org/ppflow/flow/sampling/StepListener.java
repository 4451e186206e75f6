package org.ppflow.flow.sampling;

import org.ppflow.nn.array.FloatArray;

/** Is told where a solver is. */
@FunctionalInterface
public interface StepListener {
    /** Does nothing. */
    StepListener NONE = (point, state) -> {};

    /**
     * At a point of the grid.
     *
     * @param point index in the grid; 0 is the start
     * @param state all rows; not to be changed
     */
    void at(int point, FloatArray state);
}
