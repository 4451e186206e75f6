package org.ppflow.flow.sampling;

import java.util.Map;
import java.util.TreeMap;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;

/** The solvers of the toolkit. */
public final class OdeSolvers {
    /** Explicit Euler, order 1: x + h·v(x, t). One evaluation a step. */
    public static final OdeSolver EULER = new OdeSolver() {
        @Override
        public String name() {
            return "euler";
        }

        @Override
        public FloatArray step(VelocityField field, FloatArray x, double from, double to) {
            return plus(x, to - from, field.velocity(x, from));
        }
    };

    /** Heun, order 2: k1 at t, k2 at t + h from x + h·k1, mean of both (the goldens' {@code heun2}). Two evaluations a step. */
    public static final OdeSolver HEUN = new OdeSolver() {
        @Override
        public String name() {
            return "heun";
        }

        @Override
        public FloatArray step(VelocityField field, FloatArray x, double from, double to) {
            double h = to - from;
            FloatArray first = field.velocity(x, from);
            FloatArray second = field.velocity(plus(x, h, first), to);
            return plus(plus(x, h / 2, first), h / 2, second);
        }
    };

    private static final Map<String, OdeSolver> BY_NAME = new TreeMap<>(Map.of(EULER.name(), EULER, HEUN.name(), HEUN));

    private OdeSolvers() {}

    /**
     * The solver of a name.
     *
     * @throws BadInputException if there is none
     */
    public static OdeSolver named(String name) {
        OdeSolver solver = BY_NAME.get(name);
        if (solver == null) {
            throw BadInputException.at("solver")
                    .found("'" + name + "'")
                    .expected("one of " + String.join(", ", BY_NAME.keySet()))
                    .build();
        }
        return solver;
    }

    private static FloatArray plus(FloatArray x, double factor, FloatArray direction) {
        float[] a = x.values();
        float[] b = direction.values();
        float[] sum = new float[a.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = (float) (a[i] + factor * b[i]);
        }
        return new FloatArray(x.shape(), sum);
    }
}
