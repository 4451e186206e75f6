package org.ppflow.nn.layer;

import org.ppflow.nn.graph.Initializer;
import org.ppflow.nn.graph.Variable;
import org.ppflow.nn.graph.VariableScope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A table of learned rows. Rows are picked by a product with one-hot vectors: exact in forward, and the gradient of the table
 * is one product with a fixed order of sums, where a scatter would add in the order in which threads arrive.
 *
 * @param table [rows, D]
 */
public record Embedding(Variable table) {
    /** Standard deviation of a fresh table (DiT). */
    private static final double STANDARD_DEVIATION = 0.02;

    /** Variable {@code embedding_table.weight} of a scope, normal with standard deviation 0.02. */
    public static Embedding in(VariableScope scope, int rows, int width) {
        return new Embedding(scope.child("embedding_table")
                .trainable("weight", Initializer.normal(STANDARD_DEVIATION), rows, width));
    }

    /**
     * Rows by index.
     *
     * @param indices (n), each in [0, rows); an index outside gives a row of 0, so callers check before they feed
     */
    public Operand<TFloat32> lookUp(Ops tf, Operand<TInt32> indices) {
        // (n) -> (n, rows) -> (n, D)
        Operand<TFloat32> oneHot = tf.oneHot(indices, tf.constant(table.shape()[0]), tf.constant(1f), tf.constant(0f));
        return tf.linalg.matMul(oneHot, table.value());
    }

    /** One row, the same for all: (1, D). */
    public Operand<TFloat32> row(Ops tf, int index) {
        return tf.slice(table.value(), tf.constant(new int[] {index, 0}), tf.constant(new int[] {1, -1}));
    }
}
