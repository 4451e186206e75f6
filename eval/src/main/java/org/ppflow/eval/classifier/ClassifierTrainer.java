package org.ppflow.eval.classifier;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.ppflow.eval.images.ImageBatch;
import org.ppflow.eval.images.ImageFormat;
import org.ppflow.nn.array.FloatArray;
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
import org.ppflow.nn.session.SessionRun;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/**
 * Trains a classifier: AdamW on the cross entropy, every picture moved by up to {@value #MAX_SHIFT} pixels each way. Seconds of
 * work, so a training that was stopped starts again from the beginning.
 */
public final class ClassifierTrainer {
    private static final Logger LOG = LoggerFactory.getLogger(ClassifierTrainer.class);
    private static final int MAX_SHIFT = 2;
    private static final int NOTE_EVERY = 20;
    private static final AdamW.Constants CONSTANTS = new AdamW.Constants(0.9, 0.999, 1e-8, 0.01);

    private final ImageBatch pictures;
    private final int[] labels;
    private final ClassifierDescription description;

    private ClassifierTrainer(ImageBatch pictures, ClassifierDescription description) {
        this.pictures = pictures;
        this.labels = Objects.requireNonNull(pictures.labels());
        this.description = description;
    }

    /**
     * Reads the classifier of a file if it is the one that training would give, else trains it and writes the file. A file that is
     * damaged or of another training is replaced.
     *
     * @param file safetensors
     * @param pictures labelled training pictures, all in memory
     * @param classes number of classes, above every label
     */
    public static ClassifierWeights loadOrTrain(
            Path file,
            ImageBatch pictures,
            int classes,
            ClassifierTraining training,
            SessionOptions options,
            Progress progress)
            throws IOException {
        ClassifierDescription wanted = ClassifierDescription.of(pictures, classes, training);
        if (Files.exists(file)) {
            try {
                ClassifierWeights found = ClassifierWeights.load(file);
                if (found.description().equals(wanted)) {
                    return found;
                }
                LOG.info("{} is the classifier of another training and is made again", file);
            } catch (BadInputException e) {
                LOG.warn("{} cannot be used and is made again: {}", file, e.getMessage());
            }
        }
        ClassifierWeights trained = train(pictures, classes, training, options, progress);
        trained.save(file);
        return trained;
    }

    /**
     * Trains a classifier. Memory: the pictures, and some tens of MB of the session's.
     *
     * @throws BadInputException if the loss is not finite any more
     */
    public static ClassifierWeights train(
            ImageBatch pictures, int classes, ClassifierTraining training, SessionOptions options, Progress progress) {
        ClassifierDescription description = ClassifierDescription.of(pictures, classes, training);
        return new ClassifierTrainer(pictures, description).run(options, progress);
    }

    private ClassifierWeights run(SessionOptions options, Progress progress) {
        ClassifierTraining training = description.training();
        ImageFormat format = description.format();
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            VariableStore store = new VariableStore(tf, "classifier");
            Placeholder<TUint8> fedPictures = tf.placeholder(
                    TUint8.class,
                    Placeholder.shape(Shape.of(training.batch(), format.height(), format.width(), format.channels())));
            Placeholder<TInt32> fedLabels = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(training.batch())));
            Operand<TFloat32> loss = loss(tf, store, fedPictures, fedLabels);
            List<Variable> trained = store.trainable();
            AdamW optimizer = new AdamW(
                    tf,
                    CONSTANTS,
                    trained,
                    GradientGraph.of(
                            graph, loss, trained.stream().map(Variable::value).toList()));
            try (GraphSession session = new GraphSession(graph, options);
                    Progress.Task task = progress.start("train classifier", training.steps(), "steps")) {
                session.initialize(store, training.seed());
                optimizer.reset(session);
                for (int step = 1; step <= training.steps(); step++) {
                    SessionRun run = feed(session.run(), step, fedPictures, fedLabels);
                    float value = optimizer
                            .at(run, step, training.rateAt(step))
                            .fetch(loss)
                            .execute()
                            .get(0)
                            .values()[0];
                    requireFinite(value, step);
                    task.advanceTo(step);
                    if (step % NOTE_EVERY == 0) {
                        task.note(String.format(Locale.ROOT, "loss %.3f", value));
                    }
                }
                return new ClassifierWeights(description, read(session, store));
            }
        }
    }

    /** Mean cross entropy of a batch. */
    private Operand<TFloat32> loss(
            Ops tf, VariableStore store, Operand<TUint8> fedPictures, Operand<TInt32> fedLabels) {
        ConvolutionalClassifier classifier =
                new ConvolutionalClassifier(store.root(), description.format(), description.classes());
        // (n, H, W, C) -> (n, classes)
        Operand<TFloat32> logits = classifier.forward(tf, fedPictures).logits();
        Operand<TFloat32> wanted =
                tf.oneHot(fedLabels, tf.constant(description.classes()), tf.constant(1f), tf.constant(0f));
        // −Σ over classes: (n, classes) -> (n) -> ()
        Operand<TFloat32> losses = tf.math.neg(tf.sum(tf.math.mul(wanted, tf.nn.logSoftmax(logits)), tf.constant(1)));
        return tf.math.mean(losses, tf.constant(0));
    }

    private SessionRun feed(SessionRun run, int step, Operand<TUint8> fedPictures, Operand<TInt32> fedLabels) {
        ClassifierTraining training = description.training();
        ImageFormat format = description.format();
        byte[] pixels = new byte[training.batch() * format.bytes()];
        int[] batchLabels = new int[training.batch()];
        long position = (step - 1L) * training.batch();
        for (int i = 0; i < training.batch(); i++, position++) {
            long epoch = position / pictures.count();
            int row = Math.toIntExact(
                    new KeyedPermutation(pictures.count(), training.seed(), Purpose.CLASSIFIER_SHUFFLE, epoch)
                            .at(position % pictures.count()));
            RandomStream shift = RandomStream.of(training.seed(), Purpose.CLASSIFIER_SHIFT, row, epoch);
            int down = shift.nextInt(2 * MAX_SHIFT + 1) - MAX_SHIFT;
            int right = shift.nextInt(2 * MAX_SHIFT + 1) - MAX_SHIFT;
            PixelShift.copy(format, pictures.pixels(), row * format.bytes(), pixels, i * format.bytes(), down, right);
            batchLabels[i] = labels[row];
        }
        return run.feed(fedPictures, pixels, training.batch(), format.height(), format.width(), format.channels())
                .feed(fedLabels, batchLabels);
    }

    private void requireFinite(float loss, int step) {
        if (!Float.isFinite(loss)) {
            throw BadInputException.at("classifier.learning_rate")
                    .found("a loss of " + loss + " at step " + step)
                    .expected("a training that converges")
                    .advice("lower it from " + description.training().learningRate())
                    .build();
        }
    }

    private static Map<String, FloatArray> read(GraphSession session, VariableStore store) {
        List<Variable> variables = new ArrayList<>(store.variables());
        List<FloatArray> values = session.read(variables);
        Map<String, FloatArray> tensors = new TreeMap<>();
        for (int i = 0; i < variables.size(); i++) {
            tensors.put(variables.get(i).name(), values.get(i));
        }
        return Collections.unmodifiableMap(tensors);
    }
}
