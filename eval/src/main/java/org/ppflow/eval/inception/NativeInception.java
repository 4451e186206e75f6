package org.ppflow.eval.inception;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ppflow.eval.images.ImageBatch;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.graph.Initializer;
import org.ppflow.nn.graph.Variable;
import org.ppflow.nn.graph.VariableStore;
import org.ppflow.nn.session.SessionOptions;
import org.ppflow.nn.session.SessionRun;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/**
 * The network built of layers, batch norm folded into the convolutions. Within float32 rounding it gives the imported graph's features,
 * about 1.8 times as fast.
 */
public final class NativeInception extends Inception {
    private final Placeholder<TUint8> input;
    private final Map<String, Operand<TFloat32>> layers;

    private NativeInception(Built built, SessionOptions options, String fileHash) {
        super(built.graph(), built.endpoints(), options, fileHash, InceptionNetworks.Form.NATIVE.word());
        this.input = built.input();
        this.layers = built.layers();
    }

    private record Built(
            Graph graph,
            VariableStore store,
            Placeholder<TUint8> input,
            Map<String, Operand<TFloat32>> layers,
            Endpoints endpoints) {}

    /**
     * Takes the weights from {@code classify_image_graph_def.pb}.
     *
     * @param options its threads are used; precision is float32 and XLA off whatever it says
     * @throws BadInputException if the file is no graph, is cut off, or is another graph; says which node is missing or different
     */
    public static NativeInception fromGraph(Path file, SessionOptions options) throws IOException {
        InceptionGraph graph = InceptionGraph.read(file);
        return of(
                GraphWeights.of(graph, exact(options)), options, graph.frozen().hash());
    }

    /**
     * Takes the weights from pytorch-fid's state dict, or the same tensors in safetensors.
     *
     * @param options as for {@link #fromGraph}
     * @throws BadInputException if the file holds other tensors; says which is missing or of another shape
     */
    public static NativeInception fromTorch(Path file, SessionOptions options) throws IOException {
        try (TorchWeights weights = TorchWeights.open(file)) {
            return of(weights, options, Sha256.of(file));
        }
    }

    /** With made-up weights, for measuring speed and memory, which do not depend on them. */
    static NativeInception random(SessionOptions options) throws IOException {
        return of(new RandomWeights(), options, "random");
    }

    private static NativeInception of(InceptionWeights weights, SessionOptions options, String fileHash)
            throws IOException {
        Built built = build();
        NativeInception network = new NativeInception(built, options, fileHash);
        try {
            network.load(built.store(), new FoldedWeights(weights));
            return network;
        } catch (IOException | RuntimeException e) {
            network.close();
            throw e;
        }
    }

    private static Built build() {
        Graph graph = new Graph();
        Ops tf = Ops.create(graph);
        VariableStore store = new VariableStore(tf, "inception");
        Placeholder<TUint8> input =
                tf.placeholder(TUint8.class, Placeholder.shape(Shape.of(BATCH, -1, -1, InceptionLayers.CHANNELS)));
        Map<String, Operand<TFloat32>> layers = InceptionNet.build(tf, store.root(), input);
        Variable classes = store.root()
                .fixed(FoldedWeights.CLASSES, Initializer.zeros(), InceptionLayers.FEATURES, InceptionLayers.CLASSES);
        Endpoints endpoints = InceptionOutputs.of(
                tf,
                layer(layers, InceptionLayers.FEATURE_NODE),
                layer(layers, InceptionLayers.SPATIAL_NODE),
                classes.value());
        return new Built(graph, store, input, layers, endpoints);
    }

    private static Operand<TFloat32> layer(Map<String, Operand<TFloat32>> layers, String node) {
        @Nullable Operand<TFloat32> layer = layers.get(node);
        if (layer == null) {
            throw new IllegalArgumentException("no layer " + node);
        }
        return layer;
    }

    @Override
    SessionRun feed(SessionRun run, ImageBatch pictures) {
        return run.feed(
                input, pictures.pixels(), pictures.count(), pictures.height(), pictures.width(), pictures.channels());
    }

    /** Nodes that {@link #node} knows. */
    Set<String> layers() {
        return layers.keySet();
    }

    @Override
    Operand<TFloat32> node(String name) {
        return layer(layers, name);
    }
}
