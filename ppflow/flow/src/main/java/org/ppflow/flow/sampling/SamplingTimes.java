package org.ppflow.flow.sampling;

import java.util.List;
import java.util.Optional;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.level.PatchLevel;
import org.ppflow.flow.transport.PathPoint;
import org.ppflow.flow.transport.TimeInterval;
import org.ppflow.flow.transport.Transport;

/**
 * Where a solver stops.
 *
 * @param steps of the grid, at least 1; of no meaning for adaptive solvers
 * @param shift of the time, 1 for none, see {@link TimeGrid#of}
 * @param align whether the boundaries between levels are points of the grid
 * @param eps how far to stay from t where a formula is infinite; empty for what path and prediction need
 */
public record SamplingTimes(int steps, double shift, boolean align, Optional<Double> eps) {
    /** An even grid. */
    public SamplingTimes(int steps) {
        this(steps, 1, false, Optional.empty());
    }

    /**
     * The ODE over these times. {@code dopri5} always stops at the boundaries: a step across a jump of the velocity has an error that its
     * control cannot see.
     *
     * @param reverse from data to noise
     */
    public SamplingMethod ode(OdeSolver solver, LevelSchedule schedule, Transport transport, boolean reverse) {
        TimeInterval forward = TimeInterval.ode(transport, eps.orElse(TimeInterval.odeEps(transport)));
        TimeInterval interval = reverse ? forward.reversed() : forward;
        requireFinite(transport, interval.from());
        requireFinite(transport, interval.to());
        if (!solver.adaptive()) {
            return new SamplingMethod.Ode(solver, grid(interval, schedule));
        }
        List<Double> stops = align || solver instanceof Dopri5 ? inside(interval, schedule) : List.of();
        return new SamplingMethod.Ode(solver, TimeGrid.of(interval, stops.size() + 1, 1, stops));
    }

    /** The SDE over these times. */
    public SamplingMethod sde(SdeSolver solver, LevelSchedule schedule, Transport transport) {
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
