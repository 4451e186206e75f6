package org.ppflow.eval.inception;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.ppflow.eval.feature.FeatureNetwork;
import org.ppflow.eval.feature.Features;
import org.ppflow.eval.feature.FixedBatches;
import org.ppflow.eval.images.ImageBatch;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.graph.VariableStore;
import org.ppflow.nn.session.GraphSession;
import org.ppflow.nn.session.Precision;
import org.ppflow.nn.session.SessionOptions;
import org.ppflow.nn.session.SessionRun;
import org.ppflow.nn.session.StepProfile;
import org.ppflow.nn.session.TensorFloat32;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What both forms of the network have in common: kind {@code inception}, features {@code pool_3} [n, 2048], spatial features
 * {@code mixed_6/conv[..., :7]} [n, 2023] in order height, width, channel, and probabilities softmax(pool_3 × W) [n, 1008], without bias.
 * Takes pictures of any size; they are resized to 299 × 299 in the graph (bilinear, source = target · in / out, no half-pixel offset, no
 * smoothing) and scaled by (x − 128) / 128. Always float32 without XLA, and TF32 is off in the
 * process while one is open.
 *
 * <p>Runs {@value #BATCH} pictures at a time: 88 MB for the largest activation. Measured with the native form at 256 px: the process takes 1.1
 * GB at its peak, TensorFlow and Java among it. Owns graph and session; one thread at a time.
 */
abstract sealed class Inception implements FeatureNetwork permits ImportedInception, NativeInception {
    static final String KIND = "inception";

    /** Pictures a run. Measured: 8 to 64 are within a tenth of each other; more pictures take more memory. */
    static final int BATCH = 16;

    private final Graph graph;
    private final GraphSession session;
    private final Endpoints endpoints;
    private final String contentHash;
    private final TensorFloat32 tensorFloat32;

    /**
     * What is fetched.
     *
     * @param features [n, 2048]
     * @param spatial [n, 2023]
     * @param probabilities [n, 1008]
     */
    record Endpoints(Operand<TFloat32> features, Operand<TFloat32> spatial, Operand<TFloat32> probabilities) {
        List<Operand<TFloat32>> all() {
            return List.of(features, spatial, probabilities);
        }
    }

    /**
     * Takes over the graph.
     *
     * @param fileHash of the file with the weights
     * @param form how it computes; another form or way of scaling is another content hash
     */
    Inception(Graph graph, Endpoints endpoints, SessionOptions options, String fileHash, String form) {
        this.graph = graph;
        this.endpoints = endpoints;
        this.contentHash = contentHash(fileHash, form);
        this.session = new GraphSession(graph, exact(options));
        this.tensorFloat32 = TensorFloat32.off();
    }

    static String contentHash(String fileHash, String form) {
        return Sha256.of(form + " resize=299-bilinear-legacy scale=(x-128)/128 tf32=off " + fileHash);
    }

    /** The same threads, float32 and no XLA: metrics must not depend on how models compute. */
    static SessionOptions exact(SessionOptions options) {
        return new SessionOptions(options.threads(), Precision.FP32, false);
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
        return InceptionLayers.FEATURES;
    }

    @Override
    public int spatialSize() {
        return InceptionLayers.SPATIAL;
    }

    @Override
    public int classes() {
        return InceptionLayers.CLASSES;
    }

    @Override
    public int channels() {
        return InceptionLayers.CHANNELS;
    }

    @Override
    public Features extract(ImageBatch batch) {
        requireShape("pictures", batch.shape());
        return FixedBatches.extract(batch, BATCH, this, pictures -> {
            List<FloatArray> values =
                    feed(session.run(), pictures).fetch(endpoints.all()).execute();
            return new Features(values.get(0), values.get(1), values.get(2));
        });
    }

    /** Sets variables. */
    final void load(VariableStore store, GraphSession.ValueSource values) throws IOException {
        session.load(store.variables(), values);
    }

    /** Feeds {@value #BATCH} pictures. */
    abstract SessionRun feed(SessionRun run, ImageBatch pictures);

    /** The output of a node of the table. */
    abstract Operand<TFloat32> node(String name);

    /** Outputs [1, h, w, c] of nodes for the first of {@value #BATCH} pictures; to find the first wrong layer. */
    final List<FloatArray> outputs(ImageBatch pictures, List<String> nodes) {
        Ops tf = Ops.create(graph).withSubScope("outputs");
        List<Operand<TFloat32>> first = new ArrayList<>();
        for (String node : nodes) {
            // (n, h, w, c) -> (1, h, w, c)
            first.add(
                    tf.slice(node(node), tf.constant(new int[] {0, 0, 0, 0}), tf.constant(new int[] {1, -1, -1, -1})));
        }
        return feed(session.run(), pictures).fetch(first).execute();
    }

    /** Where the time of a run of {@value #BATCH} pictures goes. */
    final StepProfile profile(ImageBatch pictures) {
        return feed(session.run(), pictures).fetch(endpoints.all()).profile();
    }

    @Override
    public void close() {
        session.close();
        graph.close();
        tensorFloat32.close();
    }
}
