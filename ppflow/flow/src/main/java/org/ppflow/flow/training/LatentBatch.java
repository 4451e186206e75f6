package org.ppflow.flow.training;

import org.ppflow.nn.array.FloatArray;

/**
 * Latents as the model sees them, shifted and scaled, with their classes.
 *
 * @param latents x1, [N, C, H, W]
 * @param labels class of each row
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record LatentBatch(FloatArray latents, int[] labels) {
    public LatentBatch {
        if (latents.rows() != labels.length) {
            throw new IllegalArgumentException(latents + " needs one label a row, got " + labels.length);
        }
    }
}
