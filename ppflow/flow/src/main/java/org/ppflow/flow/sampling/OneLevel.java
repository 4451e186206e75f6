package org.ppflow.flow.sampling;

import java.util.List;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.level.PatchLevel;
import org.ppflow.nn.array.FloatArray;

/**
 * One level of a model for all times: the stages of a pyramid overlap in t, so t does not tell them apart.
 *
 * @param networks the model
 * @param level its level
 */
record OneLevel(LevelNetworks networks, int level) implements LevelNetworks {
    @Override
    public LevelSchedule schedule() {
        LevelSchedule all = networks.schedule();
        return new LevelSchedule(
                all.name(), List.of(new PatchLevel(all.level(level).patch(), 0, 1)));
    }

    @Override
    public FloatArray output(int only, FloatArray x, float[] times, int[] labels) {
        return networks.output(level, x, times, labels);
    }

    @Override
    public Differentiated differentiate(int only, FloatArray x, float[] times, int[] labels, FloatArray cotangent) {
        return networks.differentiate(level, x, times, labels, cotangent);
    }

    @Override
    public int nullClass() {
        return networks.nullClass();
    }
}
