package org.ppflow.nn.graph;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.op.Ops;

/**
 * The variables of one network in a graph, got by name: the first request creates one, later requests for the same name get
 * the same one, so that sub-graphs built one after the other share weights. A graph may hold several stores with the same
 * names inside, for instance {@code model} and {@code ema}.
 */
public final class VariableStore {
    private final Ops tf;
    private final String name;
    private final Map<String, Variable> variables = new TreeMap<>();

    /**
     * An empty store.
     *
     * @param tf ops of the graph, at its root
     * @param name tells the stores of one graph apart; letters, digits, {@code _ . -}
     */
    public VariableStore(Ops tf, String name) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9_.-]*")) {
            throw new IllegalArgumentException("store name '" + name + "' must be letters, digits, _ . -");
        }
        this.tf = tf.withSubScope(name);
        this.name = name;
    }

    /** The scope whose names have no prefix. */
    public VariableScope root() {
        return new VariableScope(this, "");
    }

    /** Name of the store. */
    public String name() {
        return name;
    }

    /** All variables, sorted by name. */
    public Collection<Variable> variables() {
        return Collections.unmodifiableCollection(variables.values());
    }

    /** The variables that an optimizer changes, sorted by name. */
    public List<Variable> trainable() {
        return variables.values().stream().filter(Variable::trainable).toList();
    }

    /** Number of values in the trainable variables. */
    public long trainableParameters() {
        return trainable().stream().mapToLong(Variable::size).sum();
    }

    /** The variable of a name, which must exist. */
    public Variable get(String variable) {
        Variable found = variables.get(variable);
        if (found == null) {
            throw new IllegalArgumentException("store " + name + " has no variable " + variable);
        }
        return found;
    }

    Variable getOrCreate(String variable, boolean trainable, Initializer initializer, int... shape) {
        Variable existing = variables.get(variable);
        if (existing != null) {
            if (!Arrays.equals(existing.shape(), shape) || existing.trainable() != trainable) {
                throw new IllegalArgumentException("variable " + existing + " of store " + name
                        + " was asked for again with shape " + Arrays.toString(shape));
            }
            return existing;
        }
        Variable created =
                new Variable(tf.withSubScope(variable), name + "/" + variable, variable, trainable, initializer, shape);
        variables.put(variable, created);
        return created;
    }
}
