package org.ppflow.data.latents;

import java.util.List;
import org.ppflow.nn.array.FloatArray;

/**
 * How latents enter the model: (z − shift)·scale, with a shift for each channel and one scale for all, so that channels keep their
 * weight relative to each other.
 *
 * @param shift by channel
 * @param scale above 0
 */
public record LatentScaling(List<Double> shift, double scale) {
    public LatentScaling {
        shift = List.copyOf(shift);
        if (!(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("scale: " + scale + " must be above 0");
        }
    }

    /** As the model sees them, [N, C, h, w]. */
    public FloatArray normalize(FloatArray latents) {
        FloatArray result = new FloatArray(latents.shape(), latents.values().clone());
        normalizeInPlace(result);
        return result;
    }

    /** {@link #normalize} without a copy. */
    void normalizeInPlace(FloatArray latents) {
        float[] values = latents.values();
        int plane = plane(latents);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((values[i] - shift.get(i / plane % shift.size())) * scale);
        }
    }

    /** As the codec made them, [N, C, h, w]. */
    public FloatArray denormalize(FloatArray latents) {
        float[] values = new float[latents.values().length];
        int plane = plane(latents);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (latents.values()[i] / scale + shift.get(i / plane % shift.size()));
        }
        return new FloatArray(latents.shape(), values);
    }

    private int plane(FloatArray latents) {
        int[] shape = latents.shape();
        if (shape.length != 4 || shape[1] != shift.size()) {
            throw new IllegalArgumentException(
                    latents + " does not have the " + shift.size() + " channels of the shift");
        }
        return shape[2] * shape[3];
    }
}
