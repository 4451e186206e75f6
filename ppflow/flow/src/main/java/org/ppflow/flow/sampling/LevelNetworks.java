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
     * @return velocity, same shape as x
     */
    FloatArray velocity(int level, FloatArray x, float[] times, int[] labels);

    /** Label that stands for no class. */
    int nullClass();
}
