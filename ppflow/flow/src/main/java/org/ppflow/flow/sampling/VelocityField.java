package org.ppflow.flow.sampling;

import org.ppflow.nn.array.FloatArray;

/** The right-hand side of the sampling ODE: d x / d t = v(x, t). */
@FunctionalInterface
public interface VelocityField {
    /**
     * Evaluates it once.
     *
     * @param x states, [N, C, H, W]
     * @param t time of all of them, in [0, 1]
     * @return velocity, same shape
     */
    FloatArray velocity(FloatArray x, double t);
}
