package org.ppflow.flow.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.errors.Nearest;
import org.ppflow.nn.graph.Variable;
import org.ppflow.nn.graph.VariableStore;
import org.ppflow.nn.session.GraphSession;
import org.ppflow.nn.weights.TensorFile;
import org.ppflow.nn.weights.TensorSource;
import org.ppflow.nn.weights.TensorType;
import org.tensorflow.Graph;
import org.tensorflow.op.Ops;

/** Moves values between the variables of a store and a file of weights, name by name. */
public final class ModelWeights {
    private ModelWeights() {}

    /**
     * Sets every variable of a store from a file that holds exactly these names and shapes.
     *
     * @throws BadInputException listing all missing, unknown and misshapen tensors, when no variable has changed; or naming the
     *     place of a value that is not finite, when some have
     */
    public static void load(GraphSession session, VariableStore store, TensorFile file) throws IOException {
        requireSameTensors(store, file);
        session.load(
                store.variables(),
                (variable, target) -> file.eachFloats(variable.name(), new FiniteValues(file, variable, target)));
    }

    /** The tensors of a store, read from the session one at a time when they are written. */
    public static List<TensorSource> tensors(GraphSession session, VariableStore store) {
        List<TensorSource> tensors = new ArrayList<>();
        for (Variable variable : store.variables()) {
            tensors.add(TensorSource.floats(
                    variable.name(), TensorType.F32, variable.shape(), () -> session.fetch(variable.value())));
        }
        return tensors;
    }

    /** The metadata that our files of weights carry. */
    public static Map<String, String> metadata(ModelDescription description) {
        return Map.of(ModelDescription.METADATA_KEY, description.toJson(), "format", "pt");
    }

    /** Numbers of a file that training changes: those of all tensors but the position tables, which follow from sizes. */
    public static long parameters(TensorFile file) throws IOException {
        long parameters = 0;
        for (String name : file.names()) {
            parameters += TensorNames.isPositions(name) ? 0 : file.info(name).size();
        }
        return parameters;
    }

    /** The description in a file's metadata. */
    public static ModelDescription description(TensorFile file) {
        String json = file.metadata().get(ModelDescription.METADATA_KEY);
        Path path = file.path();
        if (json == null) {
            throw BadInputException.at(path.toString())
                    .found("no " + ModelDescription.METADATA_KEY + " in its metadata")
                    .expected("weights written by this toolkit")
                    .build();
        }
        return ModelDescription.parse(json, path + ": " + ModelDescription.METADATA_KEY);
    }

    /**
     * Checks that a file holds exactly the tensors of a network; no value is read.
     *
     * @throws BadInputException listing all missing, unknown and misshapen tensors
     */
    public static void requireTensors(TensorFile file, ModelDescription description) throws IOException {
        try (Graph graph = new Graph()) {
            VariableStore store = new VariableStore(Ops.create(graph), "model");
            new Dit(store.root(), description.config(), description.schedule());
            requireSameTensors(store, file);
        }
    }

    private static void requireSameTensors(VariableStore store, TensorFile file) throws IOException {
        List<String> faults = new ArrayList<>();
        TreeSet<String> unknown = new TreeSet<>(file.names());
        for (Variable variable : store.variables()) {
            if (!unknown.remove(variable.name())) {
                faults.add("missing " + variable);
            } else if (!Arrays.equals(file.info(variable.name()).shape(), variable.shape())) {
                faults.add(file.info(variable.name()) + " where " + variable + " belongs");
            }
        }
        Set<String> missing = new TreeSet<>();
        for (Variable variable : store.variables()) {
            if (!file.contains(variable.name())) {
                missing.add(variable.name());
            }
        }
        for (String name : unknown) {
            faults.add("unknown " + file.info(name)
                    + Nearest.to(name, missing)
                            .map(near -> " (meant as " + near + "?)")
                            .orElse(""));
        }
        if (!faults.isEmpty()) {
            throw BadInputException.at(file.path().toString())
                    .found(faults.size() + " tensors that do not fit: " + String.join("; ", faults))
                    .expected("the " + store.variables().size() + " tensors of this network")
                    .advice("check that the config is the one of these weights")
                    .build();
        }
    }
}
