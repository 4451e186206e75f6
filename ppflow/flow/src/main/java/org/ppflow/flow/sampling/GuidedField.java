package org.ppflow.flow.sampling;

import java.util.Arrays;
import org.ppflow.nn.array.FloatArray;

/**
 * The velocity that a solver sees: each evaluation goes through the sub-graph of the level its time falls in, guided with that
 * level's scale. Both branches of guidance share one run of the network: rows with class first, then rows without.
 *
 * @param networks the levels
 * @param guidance scale of each level
 * @param labels class of each row
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record GuidedField(LevelNetworks networks, Guidance guidance, int[] labels) implements VelocityField {
    public GuidedField {
        guidance.requireLevels(networks.schedule().count());
    }

    @Override
    public FloatArray velocity(FloatArray x, double t) {
        int level = networks.schedule().levelAt(t);
        if (!guidance.active(level)) {
            return networks.velocity(level, x, t, labels);
        }
        int rows = labels.length;
        int[] doubledLabels = Arrays.copyOf(labels, 2 * rows);
        Arrays.fill(doubledLabels, rows, 2 * rows, networks.nullClass());
        float[] doubled = Arrays.copyOf(x.values(), 2 * x.values().length);
        System.arraycopy(x.values(), 0, doubled, x.values().length, x.values().length);
        int[] shape = x.shape().clone();
        shape[0] = 2 * rows;
        FloatArray both = networks.velocity(level, new FloatArray(shape, doubled), t, doubledLabels);
        return combine(both.values(), x.shape(), guidance.scale(level));
    }

    private FloatArray combine(float[] both, int[] shape, double scale) {
        int half = both.length / 2;
        int channels = shape[1];
        int plane = shape[2] * shape[3];
        int guided = guidance.channels() == Guidance.ALL_CHANNELS ? channels : Math.min(channels, guidance.channels());
        float[] result = Arrays.copyOf(both, half);
        for (int row = 0; row < shape[0]; row++) {
            int start = row * channels * plane;
            for (int i = start; i < start + guided * plane; i++) {
                result[i] = (float) (both[half + i] + scale * ((double) both[i] - both[half + i]));
            }
        }
        return new FloatArray(shape, result);
    }
}
