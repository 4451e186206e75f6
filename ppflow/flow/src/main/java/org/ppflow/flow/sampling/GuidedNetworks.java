package org.ppflow.flow.sampling;

import java.util.Arrays;
import org.ppflow.nn.array.FloatArray;

/**
 * Networks whose velocity is guided with each level's scale. Both branches of guidance share one run of the network: rows with
 * class first, then rows without.
 *
 * @param networks the levels
 * @param guidance scale of each level
 */
public record GuidedNetworks(LevelNetworks networks, Guidance guidance) {
    public GuidedNetworks {
        guidance.requireLevels(networks.schedule().count());
    }

    /**
     * Guided velocity of rows of one level.
     *
     * @param level index from the coarsest
     * @param x states, [n, C, H, W]
     * @param times time of each row
     * @param labels class of each row
     * @return velocity, same shape as x; channels that are not guided have the velocity of the class
     */
    public FloatArray velocity(int level, FloatArray x, float[] times, int[] labels) {
        if (!guidance.active(level)) {
            return networks.velocity(level, x, times, labels);
        }
        int rows = labels.length;
        int[] doubledLabels = Arrays.copyOf(labels, 2 * rows);
        Arrays.fill(doubledLabels, rows, 2 * rows, networks.nullClass());
        float[] doubledTimes = Arrays.copyOf(times, 2 * rows);
        System.arraycopy(times, 0, doubledTimes, rows, rows);
        float[] doubled = Arrays.copyOf(x.values(), 2 * x.values().length);
        System.arraycopy(x.values(), 0, doubled, x.values().length, x.values().length);
        int[] shape = x.shape().clone();
        shape[0] = 2 * rows;
        FloatArray both = networks.velocity(level, new FloatArray(shape, doubled), doubledTimes, doubledLabels);
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
