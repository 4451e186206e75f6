package org.ppflow.eval.neighbours;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.util.function.BiFunction;
import org.ppflow.nn.session.GraphSession;
import org.ppflow.nn.session.SessionOptions;
import org.ppflow.nn.session.SessionRun;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;

/**
 * Products of all rows of one panel with all rows of another, in float32. The first panel stays in native memory while others pass: native memory is
 * two panels, one of them twice, and the products.
 */
final class PanelProducts implements AutoCloseable {
    private final Graph graph = new Graph();
    private final GraphSession session;
    private final int size;
    private final Placeholder<TFloat32> panel; // (N, size)
    private final Op hold;
    private final Operand<TFloat32> products; // (held rows, N)

    /** What happens to rows before the product. */
    private interface Preparation extends BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> {}

    @SuppressWarnings("unchecked") // a handle is typed by what it points to, which VarHandleOp leaves open
    private PanelProducts(int size, Preparation before, Preparation after) {
        this.size = size;
        Ops tf = Ops.create(graph);
        panel = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, size)));
        Operand<TFloat32> prepared = before.apply(tf, panel);
        Operand<TFloat32> held = (Operand<TFloat32>)
                (Operand<?>) tf.varHandleOp(TFloat32.class, Shape.of(-1, size), VarHandleOp.sharedName("held"));
        hold = tf.assignVariableOp(held, prepared);
        Operand<TFloat32> first = tf.readVariableOp(held, TFloat32.class);
        products = after.apply(tf, tf.linalg.matMul(first, prepared, MatMul.transposeB(true)));
        session = new GraphSession(graph, SessionOptions.DEFAULT);
    }

    /** u·v of the rows as they are. */
    static PanelProducts plain(int size) {
        return new PanelProducts(size, (tf, rows) -> rows, (tf, rows) -> rows);
    }

    /** (u − c)·(v − c): the nearer the rows are to the centre, the less the products' rounding matters for distances. */
    static PanelProducts centred(float[] centre) {
        return new PanelProducts(
                centre.length, (tf, rows) -> tf.math.sub(rows, tf.constant(centre)), (tf, rows) -> rows);
    }

    /**
     * 2·u·v in fp16, as float32: rows rounded to fp16, the sum of float32 rounded once, then doubled, which overflows to infinity from 32768 on.
     */
    static PanelProducts doubledHalves(int size) {
        return new PanelProducts(size, PanelProducts::rounded, PanelProducts::roundedAndDoubled);
    }

    private static Operand<TFloat32> rounded(Ops tf, Operand<TFloat32> rows) {
        return tf.dtypes.cast(tf.dtypes.cast(rows, TFloat16.class), TFloat32.class);
    }

    /** Doubling in float32 is exact; rounding again makes what is too large for a half infinite. */
    private static Operand<TFloat32> roundedAndDoubled(Ops tf, Operand<TFloat32> products) {
        return rounded(tf, tf.math.mul(rounded(tf, products), tf.constant(2f)));
    }

    /** Makes a panel the first one of the products to come. */
    void hold(Panel first) {
        feed(first).target(hold).execute();
    }

    /**
     * Multiplies the held panel by another.
     *
     * @param target takes [held rows, rows]
     */
    void multiply(Panel other, float[] target) {
        feed(other).fetch(products).executeInto(target);
    }

    private SessionRun feed(Panel rows) {
        SessionRun run = session.run();
        int values = rows.count() * size;
        try {
            return run.feed(
                    panel,
                    new int[] {rows.count(), size},
                    target -> target.accept(FloatBuffer.wrap(rows.values(), 0, values)));
        } catch (IOException e) {
            run.abandon();
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}
