package org.ppflow.eval.inception;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ppflow.eval.network.FrozenGraph;
import org.ppflow.nn.errors.BadInputException;
import org.tensorflow.proto.NodeDef;

/**
 * The file {@code classify_image_graph_def.pb}, known by its nodes.
 *
 * @param frozen its content
 * @param nodes by name
 */
record InceptionGraph(FrozenGraph frozen, Map<String, NodeDef> nodes) {
    /** Takes the batch [n, H, W, 3], 0 to 255. */
    static final String INPUT = "ExpandDims";

    /** Multiplies features with the weights of classes, its second input. */
    static final String LOGITS = "softmax/logits/MatMul";

    private static final String EXPECTED = "the Inception graph of 2015, classify_image_graph_def.pb";

    /**
     * Reads it.
     *
     * @throws BadInputException if it is no graph, or another one
     */
    static InceptionGraph read(Path file) throws IOException {
        FrozenGraph frozen = FrozenGraph.read(file);
        InceptionGraph graph = new InceptionGraph(frozen, frozen.nodes());
        graph.require(INPUT, "ExpandDims");
        graph.require("ResizeBilinear", "ResizeBilinear");
        graph.require(InceptionLayers.SCALED, "Mul");
        graph.require(InceptionLayers.SPATIAL_NODE, "Relu");
        graph.require(InceptionLayers.FEATURE_NODE, "AvgPool");
        graph.require(LOGITS, "MatMul");
        return graph;
    }

    /** A node that must be there and do this. */
    NodeDef require(String name, String op) {
        @Nullable NodeDef node = nodes.get(name);
        if (node == null) {
            throw frozen.missing(name, EXPECTED + ", where it is a " + op);
        }
        if (!node.getOp().equals(op)) {
            throw wrong(name, "a " + node.getOp(), "a " + op);
        }
        return node;
    }

    /** Name of the output that a node takes as its input of this number, {@code node} or {@code node:1}. */
    String input(NodeDef node, int index) {
        if (node.getInputCount() <= index || node.getInput(index).startsWith("^")) {
            throw wrong(node.getName(), "no input " + index, "one");
        }
        return node.getInput(index);
    }

    /** {@code node:1} to node and 1. */
    static Endpoint endpoint(String input) {
        List<String> parts = Splitter.on(':').splitToList(input);
        return new Endpoint(parts.get(0), parts.size() == 2 ? Integer.parseInt(parts.get(1)) : 0);
    }

    /** An output of a node. */
    record Endpoint(String node, int index) {}

    BadInputException wrong(String node, String found, String expected) {
        return BadInputException.at(frozen.file() + ": " + node)
                .found(found)
                .expected(expected + ", as in " + EXPECTED)
                .build();
    }
}
