package org.ppflow.eval.classifier;

import java.util.Arrays;
import java.util.List;
import org.ppflow.eval.feature.FeatureNetwork;
import org.ppflow.eval.feature.ImageFeatures;
import org.ppflow.eval.feature.NetworkKind;
import org.ppflow.eval.images.ImageBatch;
import org.ppflow.eval.images.ImageFormat;
import org.ppflow.eval.statistics.LabelAgreement;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.graph.Variable;
import org.ppflow.nn.graph.VariableStore;
import org.ppflow.nn.session.GraphSession;
import org.ppflow.nn.session.Precision;
import org.ppflow.nn.session.SessionOptions;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/**
 * A trained classifier ready to describe pictures, in fp32. Pictures pass in batches of {@value #BATCH}, the last one filled up,
 * so that what a picture gets does not depend on how many come with it.
 */
public final class ClassifierNetwork implements FeatureNetwork {
    private static final int BATCH = 250;

    private final ClassifierDescription description;
    private final String contentHash;
    private final Graph graph = new Graph();
    private final GraphSession session;
    private final Placeholder<TUint8> pictures;
    private final Operand<TFloat32> features;
    private final Operand<TFloat32> probabilities;

    /**
     * Opens a session with these weights.
     *
     * @param options threads are used; precision is fp32 and XLA off whatever they say, since metrics must not depend on them
     * @throws BadInputException if tensors are missing or of another shape
     */
    public ClassifierNetwork(ClassifierWeights weights, SessionOptions options) {
        this.description = weights.description();
        this.contentHash = weights.contentHash();
        ImageFormat format = description.format();
        Ops tf = Ops.create(graph);
        VariableStore store = new VariableStore(tf, "classifier");
        this.pictures = tf.placeholder(
                TUint8.class, Placeholder.shape(Shape.of(BATCH, format.height(), format.width(), format.channels())));
        ConvolutionalClassifier.Output output =
                new ConvolutionalClassifier(store.root(), format, description.classes()).forward(tf, pictures);
        this.features = output.features();
        this.probabilities = tf.nn.softmax(output.logits());
        this.session = new GraphSession(graph, new SessionOptions(options.threads(), Precision.FP32, false));
        try {
            requireSameTensors(store, weights);
            session.assign(store.variables(), variable -> tensor(weights, variable));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public NetworkKind kind() {
        return NetworkKind.CLASSIFIER;
    }

    @Override
    public String name() {
        return "convolutional classifier trained on " + description.trainingPictures() + " pictures of "
                + description.format();
    }

    @Override
    public String contentHash() {
        return contentHash;
    }

    @Override
    public int featureSize() {
        return ConvolutionalClassifier.FEATURES;
    }

    @Override
    public int classCount() {
        return description.classes();
    }

    @Override
    public int batchSize() {
        return BATCH;
    }

    /** What it was trained on and how. */
    public ClassifierDescription description() {
        return description;
    }

    @Override
    public void requireFits(ImageFormat format, String where) {
        if (!format.equals(description.format())) {
            throw BadInputException.at(where)
                    .found("pictures of " + format)
                    .expected(description.format() + ", the size that the classifier was trained on")
                    .build();
        }
    }

    @Override
    public ImageFeatures describe(ImageBatch images) {
        requireFits(images.format(), "pictures to describe");
        FloatArray allFeatures = FloatArray.zeros(images.count(), featureSize());
        FloatArray allProbabilities = FloatArray.zeros(images.count(), classCount());
        int bytes = images.format().bytes();
        for (int from = 0; from < images.count(); from += BATCH) {
            int count = Math.min(BATCH, images.count() - from);
            // (BATCH, H, W, C), zeros after the last picture
            byte[] batch = Arrays.copyOf(
                    Arrays.copyOfRange(images.pixels(), from * bytes, (from + count) * bytes), BATCH * bytes);
            List<FloatArray> described = run(batch);
            copy(described.get(0), count, allFeatures, from);
            copy(described.get(1), count, allProbabilities, from);
        }
        return new ImageFeatures(allFeatures, allProbabilities);
    }

    /**
     * How often it is right about labelled pictures; on the reference pictures this is the accuracy to show beside its metrics.
     *
     * @param images labelled
     */
    public LabelAgreement agreement(ImageBatch images) {
        int[] labels = images.labels();
        if (labels == null) {
            throw new IllegalArgumentException("pictures without labels");
        }
        return LabelAgreement.of(describe(images).probabilities(), labels);
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }

    private List<FloatArray> run(byte[] batch) {
        ImageFormat format = description.format();
        return session.run()
                .feed(pictures, batch, BATCH, format.height(), format.width(), format.channels())
                .fetch(features)
                .fetch(probabilities)
                .execute();
    }

    private static void copy(FloatArray rows, int count, FloatArray target, int at) {
        System.arraycopy(rows.values(), 0, target.values(), at * rows.rowSize(), count * rows.rowSize());
    }

    private static void requireSameTensors(VariableStore store, ClassifierWeights weights) {
        boolean same = store.variables().size() == weights.tensors().size()
                && store.variables().stream().allMatch(variable -> {
                    FloatArray tensor = weights.tensors().get(variable.name());
                    return tensor != null && Arrays.equals(tensor.shape(), variable.shape());
                });
        if (!same) {
            throw BadInputException.at("classifier weights")
                    .found(weights.tensors().toString())
                    .expected(store.variables().toString())
                    .advice("delete the file, it is made again")
                    .build();
        }
    }

    private static FloatArray tensor(ClassifierWeights weights, Variable variable) {
        FloatArray tensor = weights.tensors().get(variable.name());
        if (tensor == null) {
            throw new IllegalStateException("tensors were compared before");
        }
        return tensor;
    }
}
