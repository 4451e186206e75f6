package org.ppflow.app.command.sample;

import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.level.PatchLevel;
import org.ppflow.flow.sampling.LastStep;
import org.ppflow.flow.sampling.OdeSolver;
import org.ppflow.flow.sampling.OdeSolvers;
import org.ppflow.flow.sampling.SamplingMethod;
import org.ppflow.flow.sampling.SdeSolver;
import org.ppflow.flow.sampling.TimeGrid;
import org.ppflow.flow.transport.DiffusionForm;
import org.ppflow.flow.transport.Prediction;
import org.ppflow.flow.transport.ProbabilityPath;
import org.ppflow.flow.transport.TimeInterval;
import org.ppflow.flow.transport.Transport;
import org.ppflow.nn.errors.BadInputException;
import picocli.CommandLine.Option;

/** The options of solver, times and path; a picocli mixin. */
final class MethodOptions {
    @Option(
            names = "--solver",
            paramLabel = "NAME",
            defaultValue = "heun",
            description =
                    "ODE solver: euler, midpoint, heun, heun3, rk4 (classical), rk4-38 (3/8 rule), dopri5 (adaptive, steps of its"
                            + " own for each sample, stops at the boundaries), dopri5-torchdiffeq (as published)"
                            + " (default: ${DEFAULT-VALUE}).")
    private String solver = "heun";

    @Option(
            names = "--points",
            paramLabel = "P",
            defaultValue = "250",
            description = "Grid points; P - 1 steps (default: ${DEFAULT-VALUE}). Of no meaning for adaptive solvers.")
    private int points = 250;

    @Option(
            names = "--align",
            description = "Put grid points on the boundaries between levels, so that no step crosses one.")
    private boolean align;

    @Option(
            names = "--shift",
            paramLabel = "S",
            defaultValue = "1",
            description = "Time shift: above 1 there are more points near noise (default: ${DEFAULT-VALUE}).")
    private double shift = 1;

    @Option(
            names = "--sde",
            paramLabel = "euler|heun",
            description = "Solve the SDE with this method instead of the ODE.")
    private @Nullable String sde;

    @Option(
            names = "--diffusion",
            paramLabel = "FORM",
            defaultValue = "sigma",
            description = "Diffusion of the SDE: constant, sbdm, sigma, linear, decreasing, increasing-decreasing"
                    + " (default: ${DEFAULT-VALUE}).")
    private String diffusion = "sigma";

    @Option(
            names = "--norm",
            paramLabel = "X",
            defaultValue = "1",
            description = "Size of the diffusion (default: ${DEFAULT-VALUE}).")
    private double norm = 1;

    @Option(
            names = "--last-step",
            paramLabel = "KIND",
            defaultValue = "mean",
            description =
                    "Last step of the SDE, without noise: none, mean, tweedie, euler (default: ${DEFAULT-VALUE}).")
    private String lastStep = "mean";

    @Option(
            names = "--last-step-size",
            paramLabel = "X",
            defaultValue = "0.04",
            description = "Its size in t (default: ${DEFAULT-VALUE}).")
    private double lastStepSize = 0.04;

    @Option(
            names = "--path",
            paramLabel = "linear|gvp|vp",
            defaultValue = "linear",
            description = "Path that the network was trained on (default: ${DEFAULT-VALUE}).")
    private String path = "linear";

    @Option(
            names = "--prediction",
            paramLabel = "velocity|noise|score",
            defaultValue = "velocity",
            description = "What the network predicts (default: ${DEFAULT-VALUE}).")
    private String prediction = "velocity";

    @Option(
            names = "--eps",
            paramLabel = "X",
            description =
                    "How far to stay from t where a formula is infinite (default: what path and prediction need).")
    private @Nullable Double eps;

    /** Path and prediction. */
    Transport transport() {
        return new Transport(
                OptionChoice.of("--path", path, ProbabilityPath.values()),
                OptionChoice.of("--prediction", prediction, Prediction.values()));
    }

    /** The ODE solver. */
    OdeSolver solver() {
        return OdeSolvers.named(solver);
    }

    /**
     * Solver and times.
     *
     * @param reverse from data to noise
     * @param err told of the interval where it is not all of [0, 1]
     */
    SamplingMethod method(LevelSchedule schedule, boolean reverse, PrintWriter err) {
        Transport transport = transport();
        OdeSolver ode = solver();
        if (points < 2) {
            throw BadInputException.at("--points " + points)
                    .found("fewer than two points")
                    .expected("at least 2, the start and the end")
                    .build();
        }
        try {
            if (sde == null) {
                TimeInterval interval = TimeInterval.ode(transport, eps == null ? TimeInterval.odeEps(transport) : eps);
                say(interval, transport, err);
                return new SamplingMethod.Ode(ode, grid(schedule, ode, reverse ? interval.reversed() : interval));
            }
            if (reverse) {
                throw BadInputException.at("--reverse --sde " + sde)
                        .found("an SDE from data to noise")
                        .expected("--reverse with an ODE solver, or --sde from noise to data")
                        .build();
            }
            SdeSolver solved = new SdeSolver(
                    OptionChoice.of("--sde", sde, SdeSolver.Method.values()),
                    OptionChoice.of("--diffusion", diffusion, DiffusionForm.values()),
                    norm,
                    OptionChoice.of("--last-step", lastStep, LastStep.values()),
                    lastStepSize);
            TimeInterval interval = solved.interval(transport, eps == null ? solved.eps(transport) : eps);
            say(interval, transport, err);
            return new SamplingMethod.Sde(
                    solved, TimeGrid.of(interval, points - 1, shift, align ? boundaries(schedule) : List.of()));
        } catch (IllegalArgumentException e) {
            throw BadInputException.at("solver options")
                    .found(String.valueOf(e.getMessage()))
                    .expected("what --help says of them")
                    .cause(e)
                    .build();
        }
    }

    private TimeGrid grid(LevelSchedule schedule, OdeSolver ode, TimeInterval interval) {
        if (!ode.adaptive()) {
            return TimeGrid.of(interval, points - 1, shift, align ? boundaries(schedule) : List.of());
        }
        // A step across a jump of the velocity has an error that the step control cannot see (decision in
        // ARCHITECTURE.md); the
        // published one crosses.
        List<Double> stops = ode.name().equals("dopri5") || align ? boundaries(schedule) : List.of();
        return TimeGrid.of(interval, stops.size() + 1, 1, stops);
    }

    private static List<Double> boundaries(LevelSchedule schedule) {
        return schedule.levels().stream()
                .map(PatchLevel::start)
                .filter(start -> start > 0)
                .toList();
    }

    private static void say(TimeInterval interval, Transport transport, PrintWriter err) {
        if (!interval.equals(TimeInterval.WHOLE)) {
            err.println(transport + ": t from " + interval.from() + " to " + interval.to());
            err.flush();
        }
    }
}
