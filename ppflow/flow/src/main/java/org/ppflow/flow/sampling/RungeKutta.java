package org.ppflow.flow.sampling;

import java.util.ArrayList;
import java.util.List;
import org.ppflow.nn.array.FloatArray;

/**
 * An explicit Runge–Kutta method with the steps of the grid: k_i = v(x + h·Σ_j a_ij·k_j, t + c_i·h), x + h·Σ b_i·k_i. Sums are formed in
 * double and rounded once. Holds one velocity a stage.
 *
 * @param name in configs, commands and tables
 * @param nodes c, one for each stage; the first is 0
 * @param stages a, the row of stage i has i entries
 * @param weights b, one for each stage
 */
public record RungeKutta(String name, List<Double> nodes, List<List<Double>> stages, List<Double> weights)
        implements OdeSolver {
    /** Explicit Euler, order 1. */
    public static final RungeKutta EULER = new RungeKutta("euler", List.of(0.0), List.of(List.of()), List.of(1.0));

    /** Midpoint, order 2: the velocity halfway. */
    public static final RungeKutta MIDPOINT =
            new RungeKutta("midpoint", List.of(0.0, 0.5), List.of(List.of(), List.of(0.5)), List.of(0.0, 1.0));

    /** Heun, order 2: mean of the velocities at both ends (the goldens' and torchdiffeq's {@code heun2}). */
    public static final RungeKutta HEUN =
            new RungeKutta("heun", List.of(0.0, 1.0), List.of(List.of(), List.of(1.0)), List.of(0.5, 0.5));

    /** Heun's method of order 3: nodes 0, 1/3, 2/3. */
    public static final RungeKutta HEUN3 = new RungeKutta(
            "heun3",
            List.of(0.0, 1.0 / 3, 2.0 / 3),
            List.of(List.of(), List.of(1.0 / 3), List.of(0.0, 2.0 / 3)),
            List.of(0.25, 0.0, 0.75));

    /** The classical method of order 4: nodes 0, 1/2, 1/2, 1. */
    public static final RungeKutta RK4 = new RungeKutta(
            "rk4",
            List.of(0.0, 0.5, 0.5, 1.0),
            List.of(List.of(), List.of(0.5), List.of(0.0, 0.5), List.of(0.0, 0.0, 1.0)),
            List.of(1.0 / 6, 1.0 / 3, 1.0 / 3, 1.0 / 6));

    /** Kutta's 3/8 rule of order 4: nodes 0, 1/3, 2/3, 1 (torchdiffeq's {@code rk4}). */
    public static final RungeKutta RK4_38 = new RungeKutta(
            "rk4-38",
            List.of(0.0, 1.0 / 3, 2.0 / 3, 1.0),
            List.of(List.of(), List.of(1.0 / 3), List.of(-1.0 / 3, 1.0), List.of(1.0, -1.0, 1.0)),
            List.of(0.125, 0.375, 0.375, 0.125));

    public RungeKutta {
        nodes = List.copyOf(nodes);
        stages = stages.stream().map(List::copyOf).toList();
        weights = List.copyOf(weights);
        if (nodes.size() != weights.size() || stages.size() != weights.size()) {
            throw new IllegalArgumentException(name + ": nodes, stages and weights differ in number");
        }
        for (int i = 0; i < stages.size(); i++) {
            if (stages.get(i).size() != i) {
                throw new IllegalArgumentException(name + ": stage " + i + " needs " + i + " factors");
            }
        }
    }

    @Override
    public FloatArray solve(VelocityField field, FloatArray x, TimeGrid grid, StepListener listener) {
        FloatArray state = x;
        listener.at(0, state);
        for (int i = 0; i < grid.steps(); i++) {
            state = step(field, state, grid.point(i), grid.point(i + 1));
            listener.at(i + 1, state);
        }
        return state;
    }

    private FloatArray step(VelocityField field, FloatArray x, double from, double to) {
        double h = to - from;
        List<FloatArray> slopes = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            // Node 1 is the next point itself: its level must not depend on rounding.
            double t = nodes.get(i) == 1 ? to : from + nodes.get(i) * h;
            slopes.add(field.velocityAt(Slopes.plus(x, h, stages.get(i), slopes), t));
        }
        return Slopes.plus(x, h, weights, slopes);
    }
}
