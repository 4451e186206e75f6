package org.ppflow.flow.sampling;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.errors.Nearest;
import org.ppflow.nn.extension.Extension;
import org.ppflow.nn.extension.Extensions;

/** The ODE solvers by name. Solvers beside the toolkit's own are found by {@link java.util.ServiceLoader}, see {@link OdeSolver}. */
public final class OdeSolvers {
    private static final List<OdeSolver> ALL = List.of(
            RungeKutta.EULER,
            RungeKutta.MIDPOINT,
            RungeKutta.HEUN,
            RungeKutta.HEUN3,
            RungeKutta.RK4,
            RungeKutta.RK4_38,
            Dopri5.DEFAULT,
            TorchdiffeqDopri5.DEFAULT);

    private static final Extensions<OdeSolver> EXTENSIONS =
            new Extensions<>(OdeSolver.class, "solver", solver -> List.of(solver.name()), builtIn());

    private OdeSolvers() {}

    /** Names of the toolkit's own. */
    public static List<String> builtIn() {
        return ALL.stream().map(OdeSolver::name).toList();
    }

    /** All names, the toolkit's own first. */
    public static List<String> names() {
        return Stream.concat(builtIn().stream(), EXTENSIONS.names().stream()).toList();
    }

    /** Where a solver comes from; empty for the toolkit's own, and for names that none has. */
    public static Optional<Extension> extension(String name) {
        return EXTENSIONS.origin(name);
    }

    /** The solvers that are added from outside. */
    public static List<Extension> extensions() {
        return EXTENSIONS.all();
    }

    /**
     * The solver of a name.
     *
     * @throws BadInputException if there is none
     */
    public static OdeSolver named(String name) {
        for (OdeSolver solver : ALL) {
            if (solver.name().equals(name)) {
                return solver;
            }
        }
        Optional<OdeSolver> added = EXTENSIONS.named(name);
        if (added.isPresent()) {
            return added.get();
        }
        Optional<String> nearest = Nearest.to(name, new ArrayList<>(names()));
        BadInputException.Builder problem = BadInputException.at("solver '" + name + "'")
                .found("no solver of this name")
                .expected("one of " + String.join(", ", names()));
        problem.advice(nearest.map(near -> "did you mean '" + near + "'?")
                .orElse("one of your own must be in " + Extensions.VARIABLE));
        throw problem.build();
    }
}
