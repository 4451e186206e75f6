package org.ppflow.eval.inception;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ppflow.eval.images.ImageBatch;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.Sha256;
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
 * about twice as fast. Weights take 96 MB, and as much again in the order that convolutions want.
 */
public final class NativeInception extends Inception {
    private final Placeholder<TUint8> input;
    private final Map<String, Operand<TFloat32>> layers;

    private NativeInception(Built built, SessionOptions options, String fileHash, String form) {
        super(built.graph(), built.endpoints(), options, fileHash, form);
        this.input = built.input();
        this.layers = built.layers();
    }

    private record Built(
            Graph graph, Placeholder<TUint8> input, Map<String, Operand<TFloat32>> layers, Endpoints endpoints) {}

    /**
     * Takes the weights from {@code classify_image_graph_def.pb}.
     *
     * @param options its threads are used; precision is float32 and XLA off whatever it says
     * @throws BadInputException if the file is no graph, is cut off, or is another graph; says which node is missing or different
     */
    public static NativeInception fromGraph(Path file, SessionOptions options) throws IOException {
        InceptionGraph graph = InceptionGraph.read(file);
        Built built = build(GraphWeights.of(graph, exact(options)));
        return new NativeInception(built, options, graph.frozen().hash(), InceptionNetworks.Form.NATIVE.word());
    }

    /**
     * Takes the weights from pytorch-fid's state dict, or the same tensors in safetensors.
     *
     * @param options as for {@link #fromGraph}
     * @throws BadInputException if the file holds other tensors; says which is missing or of another shape
     */
    public static NativeInception fromTorch(Path file, SessionOptions options) throws IOException {
        try (TorchWeights weights = TorchWeights.open(file)) {
            return new NativeInception(build(weights), options, Sha256.of(file), InceptionNetworks.Form.NATIVE.word());
        }
    }

    private static Built build(InceptionWeights weights) throws IOException {
        Graph graph = new Graph();
        try {
            Ops tf = Ops.create(graph);
            Placeholder<TUint8> input =
                    tf.placeholder(TUint8.class, Placeholder.shape(Shape.of(BATCH, -1, -1, InceptionLayers.CHANNELS)));
            Map<String, Operand<TFloat32>> layers = InceptionNet.build(tf, weights, input);
            Endpoints endpoints = InceptionOutputs.of(
                    tf,
                    layer(layers, InceptionLayers.FEATURE_NODE),
                    layer(layers, InceptionLayers.SPATIAL_NODE),
                    InceptionNet.constant(tf, weights.classes()));
            return new Built(graph, input, layers, endpoints);
        } catch (IOException | RuntimeException e) {
            graph.close();
            throw e;
        }
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
