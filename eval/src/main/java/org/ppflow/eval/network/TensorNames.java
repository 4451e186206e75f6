package org.ppflow.eval.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.errors.Nearest;
import org.tensorflow.Graph;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.types.family.TType;

/** Finds the tensors that a person names in a graph. */
final class TensorNames {
    private static final Pattern TENSOR = Pattern.compile("(.+?)(?::(\\d{1,4}))?");
    private static final int LISTED = 8;

    private final NetworkFile file;
    private final Graph graph;

    TensorNames(NetworkFile file, Graph graph) {
        this.file = file;
        this.graph = graph;
    }

    /** The tensor that takes pictures. */
    Output<?> input(String name) {
        return find(name, file.inputs(), "input", placeholders());
    }

    /** A tensor that is fetched. */
    Output<?> output(String name) {
        return find(name, file.outputs(), "output", List.of());
    }

    private Output<?> find(String name, Map<String, String> signature, String what, List<String> likely) {
        Matcher parts = TENSOR.matcher(signature.getOrDefault(name, name));
        @Nullable Operation operation = parts.matches() ? graph.operation(parts.group(1)) : null;
        if (operation == null) {
            throw unknown(name, signature, what, likely);
        }
        int index = parts.group(2) == null ? 0 : Integer.parseInt(parts.group(2));
        if (index >= operation.numOutputs()) {
            throw BadInputException.at(file.graph().file() + ": " + name)
                    .found("output " + index + " of a " + operation.type())
                    .expected("one of its " + operation.numOutputs())
                    .build();
        }
        Output<? extends TType> output = operation.output(index);
        return output;
    }

    private BadInputException unknown(String name, Map<String, String> signature, String what, List<String> likely) {
        List<String> nodes = new ArrayList<>(file.graph().nodes().keySet());
        nodes.addAll(signature.keySet());
        Optional<String> near = Nearest.to(name, nodes);
        List<String> offered = signature.isEmpty()
                ? likely
                : signature.keySet().stream().sorted().toList();
        BadInputException.Builder error = BadInputException.at(
                        file.graph().file().toString())
                .found("no tensor called '" + name + "' among "
                        + file.graph().def().getNodeCount() + " nodes")
                .expected(
                        offered.isEmpty()
                                ? "the name of a node, for the " + what
                                : "the name of an " + what + ", as " + String.join(", ", first(offered)));
        return near.map(word -> error.advice("did you mean '" + word + "'?").build())
                .orElseGet(() -> similar(name, nodes)
                        .map(words -> error.advice("names like it: " + words).build())
                        .orElseGet(error::build));
    }

    /** Nodes that have the last part of the name in them. */
    private static Optional<String> similar(String name, List<String> nodes) {
        String part = name.substring(name.lastIndexOf('/') + 1).replaceAll(":\\d+$", "");
        List<String> found = nodes.stream()
                .filter(node -> !part.isEmpty() && node.contains(part))
                .toList();
        return found.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", first(found)));
    }

    private List<String> placeholders() {
        return file.graph().def().getNodeList().stream()
                .filter(node -> node.getOp().equals("Placeholder"))
                .map(node -> node.getName())
                .toList();
    }

    private static List<String> first(List<String> names) {
        return names.stream().limit(LISTED).toList();
    }
}
