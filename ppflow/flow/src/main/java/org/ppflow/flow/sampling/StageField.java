package org.ppflow.flow.sampling;

import java.util.Arrays;
import org.ppflow.nn.array.FloatArray;

/**
 * dx/dt inside a stage of a pyramid: what the networks predict, dx/dτ, over the stage's length.
 *
 * @param networks of the stage alone
 * @param length dt/dτ
 * @param labels class of each row
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StageField(GuidedNetworks networks, double length, int[] labels) implements VelocityField {
    @Override
    public FloatArray velocity(FloatArray x, double... t) {
        FloatArray output = networks.output(x, t, labels);
        float[] velocity = new float[output.values().length];
        for (int i = 0; i < velocity.length; i++) {
            velocity[i] = (float) (output.values()[i] / length);
        }
        return new FloatArray(x.shape(), velocity);
    }

    @Override
    public VelocityField ofRows(int... rows) {
        return new StageField(
                networks, length, Arrays.stream(rows).map(row -> labels[row]).toArray());
    }
}
