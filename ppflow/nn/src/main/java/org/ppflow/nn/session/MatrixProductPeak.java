package org.ppflow.nn.session;

import org.ppflow.nn.graph.Initializer;
import org.ppflow.nn.graph.Variable;
import org.ppflow.nn.graph.VariableStore;
import org.tensorflow.Graph;
import org.tensorflow.op.Ops;

/** What this machine can do at best: the rate of a large matrix product in the same process and type. */
public final class MatrixProductPeak {
    /** Side of the square matrices. */
    static final int SIDE = 2048;

    private static final int PRODUCTS = 10;

    private MatrixProductPeak() {}

    /** GFLOP/s of the fastest of ten products, two operations for each multiply-add; holds about 100 MB meanwhile. */
    public static double gigaflops(SessionOptions options) {
        try (Graph graph = new Graph();
                GraphSession session = new GraphSession(graph, options)) {
            Ops tf = Ops.create(graph);
            VariableStore matrices = new VariableStore(tf, "peak");
            Variable matrix = matrices.root().fixed("matrix", Initializer.normal(1), new int[] {SIDE, SIDE});
            session.initialize(matrices, 0);
            var product = tf.linalg.matMul(matrix.value(), matrix.value());
            // Only one number comes back: copying the whole result out would count.
            var corner = tf.slice(product, tf.constant(new int[] {0, 0}), tf.constant(new int[] {1, 1}));
            session.run().fetch(corner).execute();
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < PRODUCTS; i++) {
                long start = System.nanoTime();
                session.run().fetch(corner).execute();
                least = Math.min(least, (System.nanoTime() - start) / 1e9);
            }
            return 2.0 * SIDE * SIDE * SIDE / least / 1e9;
        }
    }
}
