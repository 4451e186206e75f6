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
     * @param t time of all rows
     * @param labels class of each row
     * @return velocity, same shape as x
     */
    FloatArray velocity(int level, FloatArray x, double t, int[] labels);

    /** Label that stands for no class. */
    int nullClass();
}
