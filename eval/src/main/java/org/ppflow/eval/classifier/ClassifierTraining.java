package org.ppflow.eval.classifier;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ppflow.data.picture.PictureBatch;
import org.ppflow.data.source.LabelledPictures;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.graph.GradientGraph;
import org.ppflow.nn.graph.Variable;
import org.ppflow.nn.graph.VariableStore;
import org.ppflow.nn.optimizer.AdamW;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.random.KeyedPermutation;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;
import org.ppflow.nn.session.GraphSession;
import org.ppflow.nn.session.SessionOptions;
import org.ppflow.nn.weights.Safetensors;
import org.ppflow.nn.weights.TensorSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/**
 * Trains the classifier: softmax cross-entropy, AdamW, pictures shifted by up to {@value #LARGEST_SHIFT} pixels. Order and shifts are
 * functions of (seed, step, row), so the same seed gives the same weights. It takes seconds; a killed training starts again.
 */
public final class ClassifierTraining {
    static final String SHAPE_KEY = "ppflow.classifier";
    private static final int LARGEST_SHIFT = 2;
    private static final AdamW.Constants CONSTANTS = new AdamW.Constants(0.9, 0.999, 1e-8, 0.01);

    private ClassifierTraining() {}

    /**
     * Trains and writes the weights.
     *
     * @param examples to learn from
     * @param classes number of classes
     * @param file safetensors to write; appears when training is done
     */
    public static void train(
            LabelledPictures examples,
            int classes,
            ClassifierOptions options,
            SessionOptions session,
            Path file,
            Progress progress)
            throws IOException {
        requireLabels(examples.labels(), classes);
        PictureBatch pictures = examples.pictures();
        ClassifierShape shape = new ClassifierShape(pictures.height(), pictures.width(), pictures.channels(), classes);
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            VariableStore store = new VariableStore(tf, "classifier");
            ClassifierNet net = ClassifierNet.in(store.root(), shape);
            Placeholder<TUint8> x = tf.placeholder(
                    TUint8.class,
                    Placeholder.shape(Shape.of(options.batch(), shape.height(), shape.width(), shape.channels())));
            Placeholder<TInt32> y = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(options.batch())));
            Operand<TFloat32> loss = crossEntropy(tf, net.logits(tf, net.features(tf, x)), y, shape.classes());
            List<Variable> trained = store.trainable();
            AdamW optimizer = new AdamW(
                    tf,
                    CONSTANTS,
                    trained,
                    GradientGraph.of(
                            graph, loss, trained.stream().map(Variable::value).toList()));
            try (GraphSession running = new GraphSession(graph, ClassifierNetwork.exact(session));
                    Progress.Task task = progress.start("train classifier", options.steps(), "steps")) {
                running.initialize(store, options.seed());
                optimizer.reset(running);
                for (int step = 1; step <= options.steps(); step++) {
                    Batch batch = Batch.draw(examples, options, step - 1);
                    float value = optimizer
                            .at(
                                    running.run()
                                            .feed(
                                                    x,
                                                    batch.pixels(),
                                                    options.batch(),
                                                    shape.height(),
                                                    shape.width(),
                                                    shape.channels())
                                            .feed(y, batch.labels()),
                                    step,
                                    options.rateAt(step))
                            .fetch(loss)
                            .execute()
                            .get(0)
                            .values()[0];
                    requireFinite(value, step, options);
                    task.advanceTo(step);
                    task.note(String.format(java.util.Locale.ROOT, "loss %.3f", value));
                }
                write(running, store, shape, file);
            }
        }
    }

    /** A label outside would become a row of zeros, from which the picture silently teaches nothing. */
    private static void requireLabels(int[] labels, int classes) {
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw BadInputException.at("training picture " + i)
                        .found("label " + labels[i])
                        .expected("0 to " + (classes - 1))
                        .build();
            }
        }
    }

    private static void requireFinite(float loss, int step, ClassifierOptions options) {
        if (!Float.isFinite(loss)) {
            throw BadInputException.at("classifier.learning_rate")
                    .found("a loss of " + loss + " at step " + step)
                    .expected("a training that converges")
                    .advice("lower it from " + options.learningRate())
                    .build();
        }
    }

    private static Operand<TFloat32> crossEntropy(
            Ops tf, Operand<TFloat32> logits, Operand<TInt32> labels, int classes) {
        Operand<TFloat32> oneHot = tf.oneHot(labels, tf.constant(classes), tf.constant(1f), tf.constant(0f));
        // (n, K) -> (n) -> ()
        Operand<TFloat32> likelihood =
                tf.reduceSum(tf.math.mul(oneHot, tf.nn.logSoftmax(logits)), tf.constant(new int[] {1}));
        return tf.math.neg(tf.math.mean(likelihood, tf.constant(0)));
    }

    private static void write(GraphSession running, VariableStore store, ClassifierShape shape, Path file)
            throws IOException {
        List<TensorSource> tensors = new ArrayList<>();
        for (Variable variable : store.variables()) {
            tensors.add(TensorSource.floats(variable.name(), running.fetch(variable.value())));
        }
        String text = shape.height() + "x" + shape.width() + "x" + shape.channels() + " -> " + shape.classes();
        Safetensors.write(file, Map.of(SHAPE_KEY, text), tensors);
    }

    /**
     * The pictures of a step.
     *
     * @param pixels shifted, NHWC
     * @param labels class of each
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Batch(byte[] pixels, int[] labels) {
        static Batch draw(LabelledPictures examples, ClassifierOptions options, long step) {
            PictureBatch pictures = examples.pictures();
            int size = pictures.height() * pictures.width() * pictures.channels();
            byte[] pixels = new byte[options.batch() * size];
            int[] labels = new int[options.batch()];
            for (int i = 0; i < options.batch(); i++) {
                long position = step * options.batch() + i;
                KeyedPermutation order = new KeyedPermutation(
                        pictures.count(), options.seed(), Purpose.CLASSIFIER_SHUFFLE, position / pictures.count());
                int row = (int) order.at(position % pictures.count());
                labels[i] = examples.labels()[row];
                RandomStream stream = RandomStream.of(options.seed(), Purpose.CLASSIFIER_SHIFT, i, step);
                int down = stream.nextInt(2 * LARGEST_SHIFT + 1) - LARGEST_SHIFT;
                int across = stream.nextInt(2 * LARGEST_SHIFT + 1) - LARGEST_SHIFT;
                shift(pictures, row, down, across, pixels, i * size);
            }
            return new Batch(pixels, labels);
        }

        /** What leaves the picture is lost, what comes in is 0. */
        private static void shift(PictureBatch pictures, int row, int down, int across, byte[] target, int offset) {
            int channels = pictures.channels();
            int source = row * pictures.height() * pictures.width() * channels;
            for (int y = Math.max(0, down); y < Math.min(pictures.height(), pictures.height() + down); y++) {
                int from = Math.max(0, across);
                int to = Math.min(pictures.width(), pictures.width() + across);
                System.arraycopy(
                        pictures.pixels(),
                        source + ((y - down) * pictures.width() + from - across) * channels,
                        target,
                        offset + (y * pictures.width() + from) * channels,
                        (to - from) * channels);
            }
        }
    }
}
