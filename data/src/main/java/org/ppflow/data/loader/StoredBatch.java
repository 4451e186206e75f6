package org.ppflow.data.loader;

import org.tensorflow.types.family.TNumber;

/**
 * Rows for a training step as they are stored, before posterior, shift and scale. Whoever gets one closes it.
 *
 * @param values (N, S, h, w), TFloat16 or TFloat32, in TensorFlow's own memory
 * @param labels class of each
 * @param rows number of each in the data set
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StoredBatch(TNumber values, int[] labels, long[] rows) implements AutoCloseable {
    public StoredBatch {
        if (values.shape().get(0) != labels.length || rows.length != labels.length) {
            throw new IllegalArgumentException(
                    values.shape() + " with " + labels.length + " labels and " + rows.length + " row numbers");
        }
    }

    @Override
    public void close() {
        values.close();
    }
}
