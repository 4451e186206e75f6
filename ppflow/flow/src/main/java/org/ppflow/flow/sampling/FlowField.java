package org.ppflow.flow.sampling;

import org.ppflow.nn.array.FloatArray;

/** What the sampling SDE needs: velocity and score. */
public interface FlowField extends VelocityField {
    /**
     * Evaluates both at once.
     *
     * @param x states, [N, …]
     * @param t time of all of them
     */
    Flow flow(FloatArray x, double t);

    /**
     * Velocity and score of the same states.
     *
     * @param velocity of the probability-flow ODE
     * @param score ∇ ln p_t(x)
     */
    record Flow(FloatArray velocity, FloatArray score) {}
}
