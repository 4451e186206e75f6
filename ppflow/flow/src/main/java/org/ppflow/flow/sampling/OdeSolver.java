package org.ppflow.flow.sampling;

import org.ppflow.nn.array.FloatArray;

/**
 * A method for d x / d t = v(x, t), forwards and backwards in time.
 *
 * <p>A solver of your own is a class with a public constructor without parameters, named in a file
 * {@code META-INF/services/org.ppflow.flow.sampling.OdeSolver} beside it; configs and commands then know it by its {@link #name}. It holds no state from one
 * call to the next, works on states of no rows (so evaluations are counted), and asks the field once for each stage. Across a boundary between levels the
 * velocity jumps; where grids are aligned, a solver is given the stretches between boundaries one by one.
 */
public interface OdeSolver {
    /** Name in configs, commands and tables. */
    String name();

    /**
     * Goes through a grid.
     *
     * @param field right-hand side; asked with the time of each stage, so each stage gets the level of its own time
     * @param x state at the first point, [N, …]; not changed
     * @param grid from the first point to the last
     * @param listener told of every point of the grid, the first one included
     * @return state at the last point
     */
    FloatArray solve(VelocityField field, FloatArray x, TimeGrid grid, StepListener listener);

    /** {@link #solve(VelocityField, FloatArray, TimeGrid, StepListener)} without a listener. */
    default FloatArray solve(VelocityField field, FloatArray x, TimeGrid grid) {
        return solve(field, x, grid, StepListener.NONE);
    }

    /**
     * Whether the method chooses its steps by itself: then the grid is only what it has to stop at, and the number of evaluations is not
     * known beforehand.
     */
    default boolean adaptive() {
        return false;
    }
}
