package org.ppflow.flow.training;

import org.ppflow.nn.array.FloatArray;

/**
 * What one step is fed, rows ordered by level as the plan says.
 *
 * @param position x_t, [N, C, H, W]
 * @param target velocity to predict, [N, C, H, W]
 * @param times t of each row, [N]
 * @param labels class of each row, the null class where it was dropped
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; the labels are handed straight to the session
public record TrainingBatch(FloatArray position, FloatArray target, FloatArray times, int[] labels) {
    public TrainingBatch {
        int rows = position.rows();
        if (target.rows() != rows || times.rows() != rows || labels.length != rows) {
            throw new IllegalArgumentException(
                    "rows differ: " + position + ", " + target + ", " + times + ", " + labels.length + " labels");
        }
    }
}
