package org.ppflow.nn.session;

import java.util.List;
import org.ppflow.nn.array.FloatArray;
import org.tensorflow.Graph;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** What this machine can do at best: the rate of a large matrix product in the same process and type. */
public final class MatrixProductPeak {
    /** Side of the square matrices. */
    static final int SIDE = 2048;

    private static final int PRODUCTS = 4;
    private static final int REPEATS = 5;

    private MatrixProductPeak() {}

    /** GFLOP/s of the fastest of some runs, two operations for each multiply-add; holds about 100 MB meanwhile. */
    public static double gigaflops(SessionOptions options) {
        try (Graph graph = new Graph();
                GraphSession session = new GraphSession(graph, options)) {
            Ops tf = Ops.create(graph);
            Placeholder<TFloat32> matrix = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(SIDE, SIDE)));
            var product = tf.linalg.matMul(matrix, matrix);
            for (int i = 1; i < PRODUCTS; i++) {
                product = tf.linalg.matMul(product, matrix);
            }
            // Only one number comes back: copying the result out would count.
            var sum = tf.math.mean(product, tf.constant(new int[] {0, 1}));
            var nothing = tf.math.mean(matrix, tf.constant(new int[] {0, 1}));
            FloatArray zeros = FloatArray.zeros(SIDE, SIDE);
            double most = 0;
            for (int i = 0; i < REPEATS; i++) {
                double feeding = seconds(session.run().feed(matrix, zeros).fetch(nothing));
                double all = seconds(session.run().feed(matrix, zeros).fetch(sum));
                double flops = 2.0 * PRODUCTS * SIDE * SIDE * SIDE;
                most = Math.max(most, flops / Math.max(1e-9, all - feeding) / 1e9);
            }
            return most;
        }
    }

    private static double seconds(SessionRun run) {
        long start = System.nanoTime();
        List<FloatArray> fetched = run.execute();
        if (fetched.isEmpty()) {
            throw new IllegalStateException("nothing was fetched");
        }
        return (System.nanoTime() - start) / 1e9;
    }
}
