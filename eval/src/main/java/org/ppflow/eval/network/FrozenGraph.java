package org.ppflow.eval.network;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.errors.Nearest;
import org.ppflow.nn.files.Sha256;
import org.tensorflow.Graph;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * A TensorFlow graph from a file, whose weights are in it. Holds the file's content on the heap, and once more while it is read.
 *
 * @param file where it came from
 * @param def the graph
 * @param hash SHA-256 of the file
 */
public record FrozenGraph(Path file, GraphDef def, String hash) {
    private static final long LARGEST = Integer.MAX_VALUE - 8L;

    /**
     * Reads a GraphDef.
     *
     * @throws BadInputException if the file is something else, or cut off
     */
    public static FrozenGraph read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw BadInputException.at(file.toString())
                    .found(Files.exists(file) ? "a folder" : "no such file")
                    .expected("a frozen TensorFlow graph (GraphDef)")
                    .build();
        }
        if (Files.size(file) > LARGEST) {
            throw BadInputException.at(file.toString())
                    .found(Files.size(file) + " bytes")
                    .expected("a frozen TensorFlow graph (GraphDef), which has less than 2 GiB")
                    .build();
        }
        byte[] bytes = Files.readAllBytes(file);
        GraphDef def;
        try {
            def = GraphDef.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw BadInputException.at(file.toString())
                    .found(bytes.length + " bytes that are no GraphDef, or one that is cut off")
                    .expected("a frozen TensorFlow graph (GraphDef)")
                    .advice("compare its length with the original's; download it again")
                    .cause(e)
                    .build();
        }
        if (def.getNodeCount() == 0) {
            throw BadInputException.at(file.toString())
                    .found(bytes.length == 0 ? "an empty file" : "a file without any graph node")
                    .expected("a frozen TensorFlow graph (GraphDef)")
                    .build();
        }
        return new FrozenGraph(file, def, Sha256.of(bytes));
    }

    /** Its nodes by name, in the order of the file. */
    public Map<String, NodeDef> nodes() {
        Map<String, NodeDef> nodes = new LinkedHashMap<>();
        def.getNodeList().forEach(node -> nodes.put(node.getName(), node));
        return nodes;
    }

    /**
     * A copy in TensorFlow's own memory, which the caller closes.
     *
     * @throws BadInputException if TensorFlow does not take it: an operation that it does not know, an input that is not there
     */
    public Graph toGraph() {
        Graph graph = new Graph();
        try {
            graph.importGraphDef(def);
            return graph;
        } catch (TensorFlowException | IllegalArgumentException e) {
            graph.close();
            throw BadInputException.at(file.toString())
                    .found("a graph that TensorFlow does not take: " + e.getMessage())
                    .expected("a frozen graph of TensorFlow's own operations")
                    .cause(e)
                    .build();
        }
    }

    /** What to say of a node that is not there. */
    public BadInputException missing(String node, String expected) {
        Optional<String> near = Nearest.to(node, nodes().keySet());
        return BadInputException.at(file.toString())
                .found("a graph of " + def.getNodeCount() + " nodes without '" + node + "'")
                .expected(expected)
                .advice(near.map(name -> "did you mean '" + name + "'?").orElse("give another file"))
                .build();
    }
}
