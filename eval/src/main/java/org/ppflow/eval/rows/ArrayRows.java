package org.ppflow.eval.rows;

import org.ppflow.nn.array.FloatArray;

/**
 * Rows in memory.
 *
 * @param array [count, size]
 */
public record ArrayRows(FloatArray array) implements FeatureRows {
    public ArrayRows {
        if (array.shape().length != 2) {
            throw new IllegalArgumentException(array + " is no matrix of rows");
        }
    }

    @Override
    public int count() {
        return array.shape()[0];
    }

    @Override
    public int size() {
        return array.shape()[1];
    }

    @Override
    public void read(int first, int rows, float[] target, int offset) {
        System.arraycopy(array.values(), first * size(), target, offset, rows * size());
    }
}
