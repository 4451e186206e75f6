package org.ppflow.flow.sampling;

import java.util.Arrays;
import org.ppflow.nn.array.FloatArray;

/**
 * The velocity that a solver sees: each evaluation goes through the sub-graph of the level its time falls in, guided with that
 * level's scale.
 *
 * @param networks the levels and their guidance
 * @param labels class of each row
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record GuidedField(GuidedNetworks networks, int[] labels) implements VelocityField {
    @Override
    public FloatArray velocity(FloatArray x, double t) {
        float[] times = new float[labels.length];
        Arrays.fill(times, (float) t);
        return networks.velocity(networks.networks().schedule().levelAt(t), x, times, labels);
    }
}
