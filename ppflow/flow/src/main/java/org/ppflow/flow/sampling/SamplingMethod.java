package org.ppflow.flow.sampling;

import org.ppflow.nn.array.FloatArray;

/** How a state goes from one end of the path to the other. */
public sealed interface SamplingMethod {
    /** Name for tables. */
    String name();

    /** The times it stops at. */
    TimeGrid grid();

    /** Whether the number of evaluations is known beforehand. */
    boolean countable();

    /**
     * Goes.
     *
     * @param field of the rows
     * @param start states at the first point, [N, C, H, W]
     * @param noise of an SDE's steps; an ODE asks for none
     * @param listener told of the points
     * @return states at the end
     */
    FloatArray run(NetworkField field, FloatArray start, SdeSolver.NoiseSource noise, StepListener listener);

    /**
     * The probability-flow ODE.
     *
     * @param solver its method
     * @param grid backwards from data to noise
     */
    record Ode(OdeSolver solver, TimeGrid grid) implements SamplingMethod {
        @Override
        public String name() {
            return solver.name();
        }

        @Override
        public boolean countable() {
            return !solver.adaptive();
        }

        @Override
        public FloatArray run(
                NetworkField field, FloatArray start, SdeSolver.NoiseSource noise, StepListener listener) {
            return solver.solve(field, start, grid, listener);
        }
    }

    /**
     * An SDE with the same marginals.
     *
     * @param solver method, diffusion and last step
     * @param grid from noise to data
     */
    record Sde(SdeSolver solver, TimeGrid grid) implements SamplingMethod {
        @Override
        public String name() {
            return "sde-" + solver.method() + " (" + solver.form() + ")";
        }

        @Override
        public boolean countable() {
            return true;
        }

        @Override
        public FloatArray run(
                NetworkField field, FloatArray start, SdeSolver.NoiseSource noise, StepListener listener) {
            return solver.solve(field, field.transport().path(), start, grid, noise, listener);
        }
    }
}
