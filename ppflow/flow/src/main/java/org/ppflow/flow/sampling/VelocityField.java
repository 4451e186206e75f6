package org.ppflow.flow.sampling;

import java.util.Arrays;
import org.ppflow.nn.array.FloatArray;

/** The right-hand side of the sampling ODE: d x / d t = v(x, t). */
@FunctionalInterface
public interface VelocityField {
    /**
     * Evaluates it once.
     *
     * @param x states, [N, …]
     * @param t time of each row
     * @return velocity, same shape
     */
    FloatArray velocity(FloatArray x, double... t);

    /** Evaluates it with one time for all rows. */
    default FloatArray velocityAt(FloatArray x, double t) {
        double[] times = new double[x.rows()];
        Arrays.fill(times, t);
        return velocity(x, times);
    }

    /**
     * The field of some of the rows, where rows differ by more than state and time.
     *
     * @param rows indices, in the order in which their states will come
     */
    default VelocityField ofRows(int... rows) {
        return this;
    }
}
