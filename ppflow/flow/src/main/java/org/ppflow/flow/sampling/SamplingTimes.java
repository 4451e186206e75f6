package org.ppflow.flow.sampling;

import java.util.List;
import java.util.Optional;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.level.PatchLevel;
import org.ppflow.flow.pyramid.PyramidPath;
import org.ppflow.flow.transport.PathPoint;
import org.ppflow.flow.transport.TimeInterval;
import org.ppflow.flow.transport.Transport;

/**
 * Where a solver stops.
 *
 * @param steps of the grid, at least 1; of no meaning for adaptive solvers
 * @param shift of the time, 1 for none, see {@link TimeGrid#of}
 * @param align whether the boundaries between levels are points of the grid, and an ODE's stages at a boundary are of the level of their step; else each stage
 *     gets the level of its own time, as in the published code
 * @param eps how far to stay from t where a formula is infinite; empty for what path and prediction need
 */
public record SamplingTimes(int steps, double shift, boolean align, Optional<Double> eps) {
    /** An even grid. */
    public SamplingTimes(int steps) {
        this(steps, 1, false, Optional.empty());
    }

    /**
     * The ODE over these times. {@code dopri5} always stops at the boundaries: a step across a jump of the velocity has an error that its
     * control cannot see. The stages of a pyramid have their shares of the steps, and the boundaries are always points.
     *
     * @param reverse from data to noise
     * @throws IllegalArgumentException if they are not to be had, for instance a pyramid from data to noise
     */
    public SamplingMethod ode(OdeSolver solver, LevelSchedule schedule, Transport transport, boolean reverse) {
        Optional<PyramidPath> pyramid = PyramidPath.of(schedule);
        if (pyramid.isPresent()) {
            return staged(solver, pyramid.get(), reverse);
        }
        TimeInterval forward = TimeInterval.ode(transport, eps.orElse(TimeInterval.odeEps(transport)));
        TimeInterval interval = reverse ? forward.reversed() : forward;
        requireFinite(transport, interval.from());
        requireFinite(transport, interval.to());
        if (!solver.adaptive()) {
            return new SamplingMethod.Ode(
                    align ? new Aligned(solver, inside(interval, schedule)) : solver, grid(interval, schedule));
        }
        List<Double> stops = align || solver instanceof Dopri5 ? inside(interval, schedule) : List.of();
        return new SamplingMethod.Ode(solver, TimeGrid.of(interval, stops.size() + 1, 1, stops));
    }

    private SamplingMethod staged(OdeSolver solver, PyramidPath path, boolean reverse) {
        if (reverse) {
            throw new IllegalArgumentException(
                    "schedule: a pyramid (" + path.schedule().name()
                            + ") goes from noise to data only: what the noise between stages was, the data does not tell");
        }
        List<Double> stops = inside(TimeInterval.WHOLE, path.schedule());
        return new SamplingMethod.Staged(
                solver,
                solver.adaptive()
                        ? TimeGrid.of(TimeInterval.WHOLE, stops.size() + 1, 1, stops)
                        : TimeGrid.of(TimeInterval.WHOLE, steps, shift, stops),
                path);
    }

    /**
     * The SDE over these times.
     *
     * @throws IllegalArgumentException if it has none, as a pyramid
     */
    public SamplingMethod sde(SdeSolver solver, LevelSchedule schedule, Transport transport) {
        if (schedule.representation().isPyramid()) {
            throw new IllegalArgumentException("sde: a pyramid (" + schedule.name()
                    + ") is sampled with the ODE: inside a stage the score does not follow from the velocity");
        }
        TimeInterval interval = solver.interval(transport, eps.orElse(solver.eps(transport)));
        requireFinite(transport, interval.from());
        if (!Double.isFinite(solver.form().at(transport.path().at(interval.from()), solver.norm()))) {
            throw new IllegalArgumentException(
                    "eps: the diffusion " + solver.form() + " is infinite at t = " + interval.from());
        }
        if (solver.method() == SdeSolver.Method.HEUN || solver.lastStep() != LastStep.NONE) {
            requireFinite(transport, interval.to());
            PathPoint end = transport.path().at(interval.to());
            if (!transport.prediction().toScore(end).isFinite()) {
                throw new IllegalArgumentException("eps: the score is infinite at t = " + interval.to());
            }
        }
        return new SamplingMethod.Sde(solver, grid(interval, schedule));
    }

    private static void requireFinite(Transport transport, double t) {
        if (!transport.prediction().toVelocity(transport.path().at(t)).isFinite()) {
            throw new IllegalArgumentException(
                    "eps: the velocity that follows from " + transport + " is infinite at t = " + t);
        }
    }

    private TimeGrid grid(TimeInterval interval, LevelSchedule schedule) {
        return TimeGrid.of(interval, steps, shift, align ? inside(interval, schedule) : List.of());
    }

    /** The boundaries that lie inside an interval. */
    private static List<Double> inside(TimeInterval interval, LevelSchedule schedule) {
        double low = Math.min(interval.from(), interval.to());
        double high = Math.max(interval.from(), interval.to());
        return schedule.levels().stream()
                .map(PatchLevel::start)
                .filter(start -> start > low && start < high)
                .toList();
    }
}
