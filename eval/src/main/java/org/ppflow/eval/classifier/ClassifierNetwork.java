package org.ppflow.eval.classifier;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ppflow.eval.feature.FeatureNetwork;
import org.ppflow.eval.feature.Features;
import org.ppflow.eval.feature.FixedBatches;
import org.ppflow.eval.feature.NetworkIdentity;
import org.ppflow.eval.images.ImageBatch;
import org.ppflow.eval.images.ImageShape;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.graph.Variable;
import org.ppflow.nn.graph.VariableStore;
import org.ppflow.nn.session.GraphSession;
import org.ppflow.nn.session.Precision;
import org.ppflow.nn.session.SessionOptions;
import org.ppflow.nn.weights.Safetensors;
import org.ppflow.nn.weights.TensorFile;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/**
 * A trained classifier as a feature network. It runs at one batch, the last one padded, so a picture's features do not depend on how
 * many others there are. Owns graph and session.
 */
public final class ClassifierNetwork implements FeatureNetwork {
    private static final String KIND = "classifier";
    private static final int BATCH = 100;
    private static final Pattern SHAPE = Pattern.compile("(\\d{1,5})x(\\d{1,5})x(\\d{1,2}) -> (\\d{1,5})");

    private final ClassifierShape shape;
    private final String contentHash;
    private final Graph graph = new Graph();
    private final Placeholder<TUint8> x;
    private final Operand<TFloat32> features;
    private final Operand<TFloat32> probabilities;
    private final VariableStore store;
    private final GraphSession session;

    private ClassifierNetwork(ClassifierShape shape, String contentHash, SessionOptions options) {
        this.shape = shape;
        this.contentHash = contentHash;
        Ops tf = Ops.create(graph);
        this.store = new VariableStore(tf, "classifier");
        ClassifierNet net = ClassifierNet.in(store.root(), shape);
        this.x = tf.placeholder(
                TUint8.class, Placeholder.shape(Shape.of(BATCH, shape.height(), shape.width(), shape.channels())));
        this.features = net.features(tf, x);
        this.probabilities = tf.nn.softmax(net.logits(tf, features));
        this.session = new GraphSession(graph, exact(options));
    }

    /** The same threads, float32 and no XLA: metrics must not depend on how models compute. */
    static SessionOptions exact(SessionOptions options) {
        return new SessionOptions(options.threads(), Precision.FP32, false);
    }

    /**
     * Loads weights that {@link ClassifierTraining} wrote.
     *
     * @param options its threads are used; precision is fp32 and XLA off whatever it says, since metrics must not depend on them
     * @throws BadInputException if the file is something else
     */
    public static ClassifierNetwork load(Path file, SessionOptions options) throws IOException {
        try (TensorFile weights = Safetensors.open(file)) {
            String text = weights.metadata().getOrDefault(ClassifierTraining.SHAPE_KEY, "");
            Matcher matcher = SHAPE.matcher(text);
            if (!matcher.matches()) {
                throw BadInputException.at(file.toString())
                        .found("no " + ClassifierTraining.SHAPE_KEY + " in its metadata")
                        .expected("weights of a classifier")
                        .build();
            }
            ClassifierShape shape = new ClassifierShape(
                    Integer.parseInt(matcher.group(1)),
                    Integer.parseInt(matcher.group(2)),
                    Integer.parseInt(matcher.group(3)),
                    Integer.parseInt(matcher.group(4)));
            ClassifierNetwork network = new ClassifierNetwork(shape, Sha256.of(file), options);
            try {
                for (Variable variable : network.store.variables()) {
                    FloatArray value = weights.floats(variable.name());
                    if (!Arrays.equals(value.shape(), variable.shape())) {
                        throw BadInputException.at(file + ": " + variable.name())
                                .found(value.toString())
                                .expected(variable.toString())
                                .build();
                    }
                    network.session.assign(List.of(variable), ignored -> value);
                }
                return network;
            } catch (IOException | RuntimeException e) {
                network.close();
                throw e;
            }
        }
    }

    /** Which network {@link #load} would give, without loading it: the file is read for its hash alone. */
    public static NetworkIdentity identity(Path file) throws IOException {
        return new NetworkIdentity(KIND, Sha256.of(file));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String contentHash() {
        return contentHash;
    }

    @Override
    public int featureSize() {
        return ClassifierNet.FEATURES;
    }

    @Override
    public int classes() {
        return shape.classes();
    }

    @Override
    public int channels() {
        return shape.channels();
    }

    /** Whether it was trained on digits: these are grey and have black around them; picture files are read in colour, and cropped. */
    public boolean ofDigits() {
        return shape.channels() == 1;
    }

    @Override
    public void requireShape(String name, ImageShape pictures) {
        if (!pictures.equals(new ImageShape(shape.height(), shape.width(), shape.channels()))) {
            throw BadInputException.at(name)
                    .found("pictures of " + pictures)
                    .expected(shape.height() + "x" + shape.width() + "x" + shape.channels()
                            + ", which this classifier was trained on")
                    .advice(
                            ofDigits() && pictures.height() <= shape.height() && pictures.width() <= shape.width()
                                    ? "--pad " + shape.height()
                                            + " puts black around them, as around the digits that it was trained on"
                                    : "--crop " + shape.height() + " brings picture files to that size")
                    .build();
        }
    }

    @Override
    public Features extract(ImageBatch batch) {
        requireShape("samples", batch.shape());
        return FixedBatches.extract(batch, BATCH, this, pictures -> {
            List<FloatArray> results = session.run()
                    .feed(x, pictures.pixels(), BATCH, shape.height(), shape.width(), shape.channels())
                    .fetch(features)
                    .fetch(probabilities)
                    .execute();
            return new Features(results.get(0), results.get(1));
        });
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}
