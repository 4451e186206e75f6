package org.ppflow.flow.sampling;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.errors.Nearest;

/** The ODE solvers by name. */
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

    private OdeSolvers() {}

    /** All names. */
    public static List<String> names() {
        return ALL.stream().map(OdeSolver::name).toList();
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
        Optional<String> nearest = Nearest.to(name, new ArrayList<>(names()));
        BadInputException.Builder problem = BadInputException.at("solver '" + name + "'")
                .found("no solver of this name")
                .expected("one of " + String.join(", ", names()));
        nearest.ifPresent(near -> problem.advice("did you mean '" + near + "'?"));
        throw problem.build();
    }
}
