package org.ppflow.eval.network;

import java.util.List;
import org.ppflow.eval.images.ImageBatch;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.session.GraphSession;
import org.ppflow.nn.session.SessionOptions;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.image.ScaleAndTranslate;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/** Resizes, scales and turns pictures into what a network takes. Owns a graph of its own: an imported one has no place to add its input. */
final class PictureScaler implements AutoCloseable {
    private final Graph graph = new Graph();
    private final Placeholder<TUint8> pixels;
    private final Operand<TFloat32> scaled;
    private final GraphSession session;

    PictureScaler(PictureInput input, SessionOptions options) {
        Ops tf = Ops.create(graph);
        this.pixels = tf.placeholder(TUint8.class, Placeholder.shape(Shape.of(-1, -1, -1, input.channels())));
        // (n, H, W, C) -> (n, h, w, C)
        Operand<TFloat32> x = resized(tf, input, tf.dtypes.cast(pixels, TFloat32.class));
        x = tf.math.add(
                tf.math.mul(x, constant(tf, input.scaling().factors())),
                constant(tf, input.scaling().offsets()));
        // (n, h, w, C) -> (n, C, h, w)
        this.scaled = input.layout() == PictureInput.Layout.NHWC
                ? x
                : tf.linalg.transpose(x, tf.constant(new int[] {0, 3, 1, 2}));
        this.session = new GraphSession(graph, options);
    }

    private Operand<TFloat32> resized(Ops tf, PictureInput input, Operand<TFloat32> x) {
        if (input.resize() == PictureInput.Resize.NONE) {
            return x;
        }
        Operand<TFloat32> to = tf.constant(new float[] {input.height(), input.width()});
        Operand<TFloat32> from = tf.dtypes.cast(
                tf.slice(tf.shape(pixels), tf.constant(new int[] {1}), tf.constant(new int[] {2})), TFloat32.class);
        return tf.image.scaleAndTranslate(
                x,
                tf.constant(new int[] {input.height(), input.width()}),
                tf.math.div(to, from),
                tf.constant(new float[] {0, 0}),
                ScaleAndTranslate.kernelType(input.resize() == PictureInput.Resize.BILINEAR ? "triangle" : "keyscubic"),
                ScaleAndTranslate.antialias(true));
    }

    private static Operand<TFloat32> constant(Ops tf, List<Double> values) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i).floatValue();
        }
        return tf.constant(floats);
    }

    /** Pictures of any size to an array of the input's shape; cubic overshoot below 0 and above 255 is kept. */
    FloatArray apply(ImageBatch pictures) {
        return session.run()
                .feed(
                        pixels,
                        pictures.pixels(),
                        pictures.count(),
                        pictures.height(),
                        pictures.width(),
                        pictures.channels())
                .fetch(scaled)
                .execute()
                .get(0);
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}
