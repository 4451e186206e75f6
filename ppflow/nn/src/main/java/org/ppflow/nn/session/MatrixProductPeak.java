package org.ppflow.nn.session;

import org.ppflow.nn.graph.Initializer;
import org.ppflow.nn.graph.Variable;
import org.ppflow.nn.graph.VariableStore;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/** What this machine can do at best: the rate of a large matrix product in the same process and type. */
public final class MatrixProductPeak {
    /** Side of the square matrices. */
    static final int SIDE = 2048;

    private static final int PRODUCTS = 10;

    private MatrixProductPeak() {}

    /** GFLOP/s of the fastest of ten products, two operations for each multiply-add; holds about 100 MB meanwhile. */
    public static double gigaflops(SessionOptions options) {
        try (Graph graph = new Graph();
                GraphSession session = new GraphSession(graph, options.withPrecision(Precision.FP32))) {
            Ops tf = Ops.create(graph);
            VariableStore matrices = new VariableStore(tf, "peak");
            Variable matrix = matrices.root().fixed("matrix", Initializer.normal(1), new int[] {SIDE, SIDE});
            session.initialize(matrices, 0);
            Operand<TFloat32> corner = options.precision() == Precision.BF16
                    ? tf.dtypes.cast(corner(tf, rounded(tf, session, matrix)), TFloat32.class)
                    : corner(tf, matrix.value());
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

    /** Only one number comes back: copying the whole result out would count. */
    private static <T extends TNumber> Operand<T> corner(Ops tf, Operand<T> matrix) {
        Operand<T> product = tf.linalg.matMul(matrix, matrix);
        return tf.slice(product, tf.constant(new int[] {0, 0}), tf.constant(new int[] {1, 1}));
    }

    /** The matrix in bfloat16, rounded before: the product is to be measured, not the rounding. */
    @SuppressWarnings("unchecked") // a handle is typed by what it points to, which VarHandleOp leaves open
    private static Operand<TBfloat16> rounded(Ops tf, GraphSession session, Variable matrix) {
        Operand<TBfloat16> handle = (Operand<TBfloat16>)
                (Operand<?>) tf.varHandleOp(TBfloat16.class, Shape.of(SIDE, SIDE), VarHandleOp.sharedName("rounded"));
        session.run()
                .target(tf.assignVariableOp(handle, tf.dtypes.cast(matrix.value(), TBfloat16.class)))
                .execute();
        return tf.readVariableOp(handle, TBfloat16.class);
    }
}
