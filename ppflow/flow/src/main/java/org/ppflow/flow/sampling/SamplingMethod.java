package org.ppflow.flow.sampling;

import java.util.List;
import org.ppflow.flow.level.PatchLevel;
import org.ppflow.flow.pyramid.PyramidPath;
import org.ppflow.flow.pyramid.Stage;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.random.Purpose;

/** How a state goes from one end of the path to the other. */
public sealed interface SamplingMethod {
    /** Name for tables. */
    String name();

    /** The times it stops at. */
    TimeGrid grid();

    /** What the noise is for that it asks for on the way. */
    default Purpose noisePurpose() {
        return Purpose.SDE_NOISE;
    }

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

    /**
     * The stages of a pyramid one after the other, each its own ODE over its own times, with a jump between. The grid is the sampling's own clock, from 0
     * to 1, on which each level of the schedule has its stage; a stage is told of at both of its ends.
     *
     * @param solver its method
     * @param grid of the clock, with the boundaries between levels as points
     * @param path stages and jumps
     */
    record Staged(OdeSolver solver, TimeGrid grid, PyramidPath path) implements SamplingMethod {
        public Staged {
            for (PatchLevel level : path.schedule().levels()) {
                if (!grid.points().contains(level.start())) {
                    throw new IllegalArgumentException(
                            "grid: " + level.start() + ", where a stage starts, is no point");
                }
            }
        }

        @Override
        public String name() {
            return solver.name();
        }

        @Override
        public boolean countable() {
            return !solver.adaptive();
        }

        @Override
        public Purpose noisePurpose() {
            return Purpose.RENOISING;
        }

        /** Times of a stage, in t: the clock's points between its level's ends. */
        TimeGrid times(int level) {
            PatchLevel clock = path.schedule().level(level);
            Stage stage = path.stage(level);
            List<Double> times = grid.points().stream()
                    .filter(point -> point >= clock.start() && point <= clock.end())
                    .map(point -> stage.time((point - clock.start()) / clock.length()))
                    .toList();
            return new TimeGrid(times);
        }

        @Override
        public FloatArray run(
                NetworkField field, FloatArray start, SdeSolver.NoiseSource noise, StepListener listener) {
            FloatArray state = path.start(start);
            int done = 0;
            for (int level = 0; level < path.schedule().count(); level++) {
                if (level > 0) {
                    FloatArray normals = FloatArray.zeros(state.shape());
                    if (path.jump(level).hasNoise()) {
                        noise.fill(level, normals);
                    }
                    state = path.jump(level, state, normals);
                }
                TimeGrid times = times(level);
                int before = done;
                state = solver.solve(
                        field.ofStage(level, path.stage(level).length()),
                        state,
                        times,
                        (point, reached) -> listener.at(before + point, reached));
                done += times.steps();
            }
            return state;
        }
    }
}
