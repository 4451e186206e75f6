package org.ppflow.eval.inception;

import java.io.IOException;
import java.nio.file.Path;
import org.ppflow.eval.images.ImageBatch;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.session.SessionOptions;
import org.ppflow.nn.session.SessionRun;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The official {@code classify_image_graph_def.pb} as it is: the batch goes in at {@code ExpandDims:0}, as ADM's evaluator feeds it. Slower
 * than {@link NativeInception}, whose features it confirms.
 */
public final class ImportedInception extends Inception {
    private final Graph imported;
    private final Output<TFloat32> input;

    private ImportedInception(Graph graph, Endpoints endpoints, SessionOptions options, String fileHash) {
        super(graph, endpoints, options, fileHash, InceptionNetworks.Form.IMPORTED.word());
        this.imported = graph;
        this.input = node(graph, InceptionGraph.INPUT);
    }

    /**
     * Loads it.
     *
     * @param options its threads are used; precision is float32 and XLA off whatever it says
     * @throws BadInputException if the file is no graph, is cut off, or is another graph; says which node is missing
     */
    public static ImportedInception load(Path file, SessionOptions options) throws IOException {
        return load(InceptionGraph.read(file), options);
    }

    static ImportedInception load(InceptionGraph file, SessionOptions options) {
        InceptionGraph.Endpoint classes =
                InceptionGraph.endpoint(file.input(file.require(InceptionGraph.LOGITS, "MatMul"), 1));
        Graph graph = file.frozen().toGraph();
        try {
            Output<TFloat32> weights = graph.operationOrThrow(classes.node()).output(classes.index());
            Endpoints endpoints = InceptionOutputs.of(
                    Ops.create(graph).withSubScope("ppflow"),
                    node(graph, InceptionLayers.FEATURE_NODE),
                    node(graph, InceptionLayers.SPATIAL_NODE),
                    weights);
            return new ImportedInception(
                    graph, endpoints, options, file.frozen().hash());
        } catch (RuntimeException e) {
            graph.close();
            throw e;
        }
    }

    private static Output<TFloat32> node(Graph graph, String name) {
        return graph.operationOrThrow(name).output(0);
    }

    @Override
    SessionRun feed(SessionRun run, ImageBatch pictures) {
        float[] pixels = new float[pictures.pixels().length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = pictures.pixels()[i] & 0xFF;
        }
        return run.feed(
                input,
                new FloatArray(
                        new int[] {pictures.count(), pictures.height(), pictures.width(), pictures.channels()},
                        pixels));
    }

    @Override
    Operand<TFloat32> node(String name) {
        return node(imported, name);
    }
}
