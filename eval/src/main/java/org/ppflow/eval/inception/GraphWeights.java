package org.ppflow.eval.inception;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.session.GraphSession;
import org.ppflow.nn.session.SessionOptions;
import org.ppflow.nn.session.SessionRun;
import org.tensorflow.Graph;
import org.tensorflow.Output;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TFloat32;

/**
 * The weights of {@code classify_image_graph_def.pb}: the second input of each convolution and the inputs of each batch norm, whether they
 * are constants or computed in the graph. All are evaluated at once: 96 MB on the heap, and once more in native memory meanwhile.
 */
final class GraphWeights implements InceptionWeights {
    private static final List<String> NORM_INPUTS = List.of("mean", "variance", "beta", "gamma");

    private final InceptionGraph file;
    private final Map<String, FloatArray> values;

    private GraphWeights(InceptionGraph file, Map<String, FloatArray> values) {
        this.file = file;
        this.values = values;
    }

    /** Evaluates them. */
    static GraphWeights of(InceptionGraph file, SessionOptions options) {
        List<String> names = new ArrayList<>();
        for (InceptionLayer layer : InceptionLayers.convolutions()) {
            checkConvolution(file, layer);
            names.add(file.input(convolution(file, layer), 1));
            for (int i = 0; i < NORM_INPUTS.size(); i++) {
                names.add(file.input(norm(file, layer), i + 1));
            }
        }
        names.add(file.input(file.require(InceptionGraph.LOGITS, "MatMul"), 1));
        return new GraphWeights(file, evaluate(file, names, options));
    }

    private static Map<String, FloatArray> evaluate(InceptionGraph file, List<String> names, SessionOptions options) {
        try (Graph graph = file.frozen().toGraph();
                GraphSession session = new GraphSession(graph, options)) {
            SessionRun run = session.run();
            for (String name : names) {
                InceptionGraph.Endpoint endpoint = InceptionGraph.endpoint(name);
                Output<TFloat32> value = graph.operationOrThrow(endpoint.node()).output(endpoint.index());
                if (value.type() != TFloat32.class) {
                    run.abandon();
                    throw file.wrong(name, "weights of type " + value.dataType(), "float32");
                }
                run.fetch(value);
            }
            List<FloatArray> fetched = run.execute();
            Map<String, FloatArray> values = new HashMap<>();
            for (int i = 0; i < names.size(); i++) {
                values.put(names.get(i), fetched.get(i));
            }
            return values;
        }
    }

    private static NodeDef convolution(InceptionGraph file, InceptionLayer layer) {
        return file.require(layer.node() + "/Conv2D", "Conv2D");
    }

    private static NodeDef norm(InceptionGraph file, InceptionLayer layer) {
        return file.require(layer.node() + "/batchnorm", "BatchNormWithGlobalNormalization");
    }

    /** Strides and padding are the table's, since the table is what will run. */
    private static void checkConvolution(InceptionGraph file, InceptionLayer layer) {
        Map<String, AttrValue> attributes = convolution(file, layer).getAttrMap();
        List<Long> strides = attribute(attributes, "strides").getList().getIList();
        String padding = attribute(attributes, "padding").getS().toStringUtf8();
        List<Long> expected = List.of(1L, (long) layer.stride(), (long) layer.stride(), 1L);
        if (!strides.equals(expected) || !padding.equals(layer.padding())) {
            throw file.wrong(
                    layer.node() + "/Conv2D",
                    "strides " + strides + ", padding " + padding,
                    "strides " + expected + ", padding " + layer.padding());
        }
    }

    private static AttrValue attribute(Map<String, AttrValue> attributes, String name) {
        return attributes.getOrDefault(name, AttrValue.getDefaultInstance());
    }

    @Override
    public FoldedConvolution convolution(InceptionLayer layer) {
        NodeDef norm = norm(file, layer);
        Map<String, AttrValue> attributes = norm.getAttrMap();
        boolean scales = attribute(attributes, "scale_after_normalization").getB();
        float epsilon = attribute(attributes, "variance_epsilon").getF();
        int in = InceptionLayers.channels(layer.input());
        FloatArray kernel =
                value(file.input(convolution(file, layer), 1), layer.height(), layer.width(), in, layer.channels());
        FloatArray mean = value(file.input(norm, 1), layer.channels());
        FloatArray variance = value(file.input(norm, 2), layer.channels());
        FloatArray beta = value(file.input(norm, 3), layer.channels());
        Optional<FloatArray> gamma =
                scales ? Optional.of(value(file.input(norm, 4), layer.channels())) : Optional.empty();
        return FoldedConvolution.of(
                kernel, new FoldedConvolution.BatchNorm(mean, variance, beta, gamma, decimal(epsilon)));
    }

    /** The attribute is a float: 0.001f is meant as 0.001. */
    private static double decimal(float value) {
        return Double.parseDouble(Float.toString(value));
    }

    @Override
    public FloatArray classes() {
        return value(
                file.input(file.require(InceptionGraph.LOGITS, "MatMul"), 1),
                InceptionLayers.FEATURES,
                InceptionLayers.CLASSES);
    }

    /** What the graph has, not folded. */
    FloatArray stored(String name) {
        @Nullable FloatArray value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " was not evaluated");
        }
        return value;
    }

    private FloatArray value(String name, int... shape) {
        FloatArray value = stored(name);
        if (!Arrays.equals(value.shape(), shape)) {
            throw file.wrong(
                    name, "weights of shape " + Arrays.toString(value.shape()), "shape " + Arrays.toString(shape));
        }
        return value;
    }
}
