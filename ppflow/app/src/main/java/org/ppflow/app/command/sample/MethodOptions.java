package org.ppflow.app.command.sample;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ppflow.app.command.KnownNames;
import org.ppflow.app.command.OptionChoice;
import org.ppflow.app.command.OptionSection;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.sampling.LastStep;
import org.ppflow.flow.sampling.OdeSolver;
import org.ppflow.flow.sampling.OdeSolvers;
import org.ppflow.flow.sampling.SamplingMethod;
import org.ppflow.flow.sampling.SamplingTimes;
import org.ppflow.flow.sampling.SdeSolver;
import org.ppflow.flow.transport.DiffusionForm;
import org.ppflow.flow.transport.Prediction;
import org.ppflow.flow.transport.ProbabilityPath;
import org.ppflow.flow.transport.Transport;
import org.ppflow.nn.errors.BadInputException;
import picocli.CommandLine.Option;

/** The options of solver, times and path; a picocli mixin. */
@OptionSection("Solver, times and path")
final class MethodOptions {
    private static final int MAX_POINTS = 1_000_000;
    private static final double LAST_STEP_SIZE = 0.04;

    /** Options that messages of times and solvers name, with blanks. */
    private static final Set<String> NAMED = Set.of("shift", "norm", "last step size", "eps");

    @Option(
            names = "--solver",
            paramLabel = "NAME",
            completionCandidates = KnownNames.OfSolvers.class,
            description =
                    "ODE solver: ${COMPLETION-CANDIDATES} (default: heun). rk4 is the classical one, rk4-38 the 3/8 rule;"
                            + " dopri5 is adaptive, has steps of its own for each sample and stops at the boundaries;"
                            + " dopri5-torchdiffeq is as published.")
    private @Nullable String solver;

    @Option(
            names = "--points",
            paramLabel = "P",
            defaultValue = "250",
            description = "Grid points; P - 1 steps (default: ${DEFAULT-VALUE}). Of no meaning for adaptive solvers.")
    private int points = 250;

    @Option(
            names = "--align",
            description = "Put grid points on the boundaries between levels: no step of the ODE sees the velocity"
                    + " beyond one, and a solver keeps its order.")
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
            completionCandidates = KnownNames.OfDiffusionForms.class,
            description = "Diffusion of the SDE: ${COMPLETION-CANDIDATES} (default: sigma).")
    private @Nullable String diffusion;

    @Option(names = "--norm", paramLabel = "X", description = "Size of the diffusion of the SDE (default: 1).")
    private @Nullable Double norm;

    @Option(
            names = "--last-step",
            paramLabel = "none|mean|tweedie|euler",
            description = "Last step of the SDE, without noise (default: mean).")
    private @Nullable String lastStep;

    @Option(
            names = "--last-step-size",
            paramLabel = "X",
            description = "Size in t of the last step of the SDE (default: 0.04).")
    private @Nullable Double lastStepSize;

    @Option(
            names = "--path",
            paramLabel = "linear|gvp|vp",
            description = "Path that the network was trained on (default: what the weights say, else linear).")
    private @Nullable String path;

    @Option(
            names = "--prediction",
            paramLabel = "velocity|noise|score",
            description = "What the network predicts (default: what the weights say, else velocity).")
    private @Nullable String prediction;

    @Option(
            names = "--eps",
            paramLabel = "X",
            description =
                    "How far to stay from t where a formula is infinite (default: what path and prediction need).")
    private @Nullable Double eps;

    /**
     * Path and prediction.
     *
     * @param known those of the weights, where nobody gives others
     */
    Transport transport(Transport known) {
        return new Transport(
                path == null ? known.path() : OptionChoice.of("--path", path, ProbabilityPath.values()),
                prediction == null
                        ? known.prediction()
                        : OptionChoice.of("--prediction", prediction, Prediction.values()));
    }

    /**
     * Solver and times.
     *
     * @param transport of {@link #transport}
     * @param reverse from data to noise
     * @param err told of the interval where it is not all of [0, 1]
     */
    SamplingMethod method(LevelSchedule schedule, Transport transport, boolean reverse, PrintWriter err) {
        requireEffect();
        OdeSolver ode = OdeSolvers.named(or(solver, "heun"));
        if (points < 2 || points > MAX_POINTS) {
            throw BadInputException.at("--points " + points)
                    .found(points < 2 ? "fewer than two points" : "more points than any solver needs")
                    .expected("2, the start and the end, to " + MAX_POINTS)
                    .build();
        }
        if (reverse && sde != null) {
            throw BadInputException.at("--reverse --sde " + sde)
                    .found("an SDE from data to noise")
                    .expected("--reverse with an ODE solver, or --sde from noise to data")
                    .build();
        }
        try {
            SamplingTimes times = new SamplingTimes(points - 1, shift, align, Optional.ofNullable(eps));
            SamplingMethod method = sde == null
                    ? times.ode(ode, schedule, transport, reverse)
                    : times.sde(sdeSolver(sde), schedule, transport);
            double from = method.grid().point(0);
            double to = method.grid().end();
            if (Math.abs(to - from) != 1) {
                err.println(transport + ": t from " + from + " to " + to);
                err.flush();
            }
            return method;
        } catch (IllegalArgumentException e) {
            throw refused(e);
        }
    }

    /** Method and points, for people: {@code heun, 250 points}. */
    String words() {
        return (sde == null ? or(solver, "heun") : "SDE, " + sde) + ", " + points + " points"
                + (align ? " and the boundaries" : "");
    }

    /** What times and solvers refuse often begins with the name of an option: {@code last step size: 0.0 must be in (0, 1)}. */
    private BadInputException refused(IllegalArgumentException e) {
        String message = String.valueOf(e.getMessage());
        int colon = Math.max(0, message.indexOf(": "));
        boolean named = NAMED.contains(message.substring(0, colon));
        return BadInputException.at(
                        named
                                ? "--" + message.substring(0, colon).replace(' ', '-')
                                : "--points " + points + " --shift " + shift + (eps == null ? "" : " --eps " + eps))
                .found(named ? message.substring(colon + 2) : message)
                .advice("'--help' says what it means")
                .cause(e)
                .build();
    }

    /**
     * Refuses the SDE where only an ODE has a meaning.
     *
     * @param why in words
     */
    void requireOde(String why) {
        if (sde != null) {
            throw BadInputException.at("--sde " + sde)
                    .found("an SDE")
                    .expected("an ODE solver: " + why)
                    .advice("leave --sde out")
                    .build();
        }
    }

    /** An option that would change nothing is a misunderstanding. */
    private void requireEffect() {
        if (sde == null) {
            for (Map.Entry<String, Optional<Object>> option : ofSde().entrySet()) {
                if (option.getValue().isPresent()) {
                    throw BadInputException.at(
                                    option.getKey() + " " + option.getValue().get())
                            .found("an option of the SDE, and no --sde")
                            .expected("--sde euler or --sde heun beside it, or an ODE without it")
                            .build();
                }
            }
        } else if (solver != null) {
            throw BadInputException.at("--solver " + solver + " --sde " + sde)
                    .found("an ODE solver and an SDE method")
                    .expected("one of the two")
                    .build();
        }
        if (align && "dopri5-torchdiffeq".equals(solver)) {
            throw BadInputException.at("--align")
                    .found("dopri5-torchdiffeq, which crosses the boundaries as published")
                    .expected("dopri5, which always stops at them, or a solver with a grid")
                    .build();
        }
    }

    private Map<String, Optional<Object>> ofSde() {
        Map<String, Optional<Object>> options = new LinkedHashMap<>();
        options.put("--diffusion", Optional.ofNullable(diffusion));
        options.put("--norm", Optional.ofNullable(norm));
        options.put("--last-step", Optional.ofNullable(lastStep));
        options.put("--last-step-size", Optional.ofNullable(lastStepSize));
        return options;
    }

    private static <T> T or(@Nullable T value, T fallback) {
        return value == null ? fallback : value;
    }

    private SdeSolver sdeSolver(String name) {
        return new SdeSolver(
                OptionChoice.of("--sde", name, SdeSolver.Method.values()),
                OptionChoice.of("--diffusion", or(diffusion, "sigma"), DiffusionForm.values()),
                or(norm, 1.0),
                OptionChoice.of("--last-step", or(lastStep, "mean"), LastStep.values()),
                or(lastStepSize, LAST_STEP_SIZE));
    }
}
