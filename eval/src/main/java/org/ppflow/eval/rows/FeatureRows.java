package org.ppflow.eval.rows;

/**
 * Float32 rows of equal length, read in pieces: features or class probabilities of pictures, in the pictures' order. May be far larger than memory. Safe for
 * use by several threads.
 */
public interface FeatureRows {
    /** Number of rows. */
    int count();

    /** Values in a row; 0 where there is nothing of this kind. */
    int size();

    /**
     * Copies neighbouring rows.
     *
     * @param first row, from 0
     * @param rows how many
     * @param target takes rows · size() values
     * @param offset where the first value goes
     */
    void read(int first, int rows, float[] target, int offset);

    /** A copy of neighbouring rows, [rows, size]. */
    default float[] read(int first, int rows) {
        float[] values = new float[Math.multiplyExact(rows, size())];
        read(first, rows, values, 0);
        return values;
    }
}
