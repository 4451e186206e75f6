package org.ppflow.flow.training;

import java.util.Arrays;
import org.ppflow.flow.transport.Transport;
import org.ppflow.nn.array.FloatArray;

/**
 * What one step is fed, rows ordered by level as the plan says.
 *
 * @param position x_t, [N, C, H, W]
 * @param target of the loss, [N, C, H, W]: the velocity, or what {@link Transport#write} says
 * @param times t of each row, [N]
 * @param labels class of each row, the null class where it was dropped
 * @param scales of the output in each row's loss, [N]
 * @param weights of each row's loss, [N]
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; the labels are handed straight to the session
public record TrainingBatch(
        FloatArray position, FloatArray target, FloatArray times, int[] labels, FloatArray scales, FloatArray weights) {
    public TrainingBatch {
        int rows = position.rows();
        if (target.rows() != rows
                || times.rows() != rows
                || labels.length != rows
                || scales.rows() != rows
                || weights.rows() != rows) {
            throw new IllegalArgumentException(
                    "rows differ: " + position + ", " + target + ", " + times + ", " + labels.length + " labels");
        }
    }

    /** A batch whose target is the velocity: scales and weights are 1. */
    public TrainingBatch(FloatArray position, FloatArray target, FloatArray times, int[] labels) {
        this(position, target, times, labels, ones(labels.length), ones(labels.length));
    }

    /** Some of its rows. */
    TrainingBatch rows(int... chosen) {
        int[] classes = new int[chosen.length];
        Arrays.setAll(classes, i -> labels[chosen[i]]);
        return new TrainingBatch(
                position.rows(chosen),
                target.rows(chosen),
                times.rows(chosen),
                classes,
                scales.rows(chosen),
                weights.rows(chosen));
    }

    private static FloatArray ones(int rows) {
        float[] ones = new float[rows];
        Arrays.fill(ones, 1);
        return FloatArray.vector(ones);
    }
}
