package org.ppflow.data.loader;

import org.ppflow.nn.array.FloatArray;

/**
 * Rows for a training step.
 *
 * @param latents as the model sees them, shifted and scaled, (N, C, h, w)
 * @param labels class of each
 * @param rows number of each in the data set
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record LoadedBatch(FloatArray latents, int[] labels, long[] rows) {
    public LoadedBatch {
        if (latents.rows() != labels.length || latents.rows() != rows.length) {
            throw new IllegalArgumentException(
                    latents + " with " + labels.length + " labels and " + rows.length + " row numbers");
        }
    }
}
