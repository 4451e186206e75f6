package org.ppflow.data.codec;

import java.util.Collections;
import java.util.List;
import org.ppflow.nn.array.FloatArray;

/**
 * Between stored latents z and what the model sees: (z − shift)·scale. One factor for all channels: whitening each would make
 * details weigh as much as shapes.
 *
 * @param shift of each channel, finite
 * @param scale positive and finite
 */
public record LatentScaling(List<Double> shift, double scale) {
    public LatentScaling {
        shift = List.copyOf(shift);
        if (shift.isEmpty() || !shift.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("shift " + shift + " must be finite, one for each channel");
        }
        if (!(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("scale " + scale + " must be positive and finite");
        }
    }

    /** No shift, one factor. */
    public static LatentScaling unshifted(int channels, double scale) {
        return new LatentScaling(Collections.nCopies(channels, 0.0), scale);
    }

    /** Stored → model, a new array of (N, C, h, w). */
    public FloatArray normalise(FloatArray stored) {
        float[] values = stored.values().clone();
        int rowSize = stored.rowSize();
        checkChannels(stored);
        for (int row = 0; row < stored.rows(); row++) {
            normaliseRow(values, row * rowSize, rowSize);
        }
        return new FloatArray(stored.shape(), values);
    }

    /** Model → stored, a new array of (N, C, h, w). */
    public FloatArray denormalise(FloatArray seen) {
        checkChannels(seen);
        float[] values = seen.values().clone();
        int channelSize = seen.shape()[2] * seen.shape()[3];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (values[i] / scale + shift.get(i / channelSize % shift.size()));
        }
        return new FloatArray(seen.shape(), values);
    }

    /** Stored → model, in place, one row of (C, h, w) that starts at {@code offset}. */
    public void normaliseRow(float[] values, int offset, int rowSize) {
        int channelSize = rowSize / shift.size();
        for (int channel = 0; channel < shift.size(); channel++) {
            double mean = shift.get(channel);
            int end = offset + (channel + 1) * channelSize;
            for (int i = offset + channel * channelSize; i < end; i++) {
                values[i] = (float) ((values[i] - mean) * scale);
            }
        }
    }

    private void checkChannels(FloatArray array) {
        if (array.shape().length != 4 || array.shape()[1] != shift.size()) {
            throw new IllegalArgumentException(array + " must be (N, " + shift.size() + ", h, w)");
        }
    }
}
