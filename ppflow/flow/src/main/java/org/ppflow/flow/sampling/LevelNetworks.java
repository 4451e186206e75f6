package org.ppflow.flow.sampling;

import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.nn.array.FloatArray;

/** A trained network as sampling needs it: one sub-graph a level. */
public interface LevelNetworks {
    /** Its levels. */
    LevelSchedule schedule();

    /**
     * Runs the sub-graph of one level.
     *
     * @param level index from the coarsest
     * @param x states, [n, C, H, W]
     * @param times time of each row
     * @param labels class of each row
     * @return what the network predicts, same shape as x
     */
    FloatArray output(int level, FloatArray x, float[] times, int[] labels);

    /**
     * Runs the sub-graph of one level and its vector–Jacobian product.
     *
     * @param cotangent c, same shape as x
     * @return output, and c^T·∂output/∂x of each row
     */
    Differentiated differentiate(int level, FloatArray x, float[] times, int[] labels, FloatArray cotangent);

    /** Label that stands for no class. */
    int nullClass();

    /**
     * An output with a derivative.
     *
     * @param output of the network, [n, C, H, W]
     * @param product vector–Jacobian product, same shape
     */
    record Differentiated(FloatArray output, FloatArray product) {}
}
