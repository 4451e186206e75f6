package org.ppflow.nn.session;

import java.util.Collection;
import java.util.List;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.graph.Variable;
import org.ppflow.nn.graph.VariableStore;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/**
 * A session on a graph and the owner of its variables' memory. Not safe for use by two threads at a time where variables
 * change.
 */
public final class GraphSession implements AutoCloseable {
    private final Session session;

    /** Opens a session; the graph must outlive it and may still grow. */
    public GraphSession(Graph graph, SessionOptions options) {
        this.session = new Session(graph, options.toProto());
    }

    /** Starts one run: feeds, then fetches and targets, then {@link SessionRun#execute()}. */
    public SessionRun run() {
        return new SessionRun(session.runner());
    }

    /** Gives every variable of a store its initial value, one variable in memory at a time. */
    public void initialize(VariableStore store, long seed) {
        for (Variable variable : store.variables()) {
            assign(variable, variable.initialValue(seed));
        }
    }

    /** Gives every variable 0, for optimizer slots. */
    public void zero(Collection<Variable> variables) {
        for (Variable variable : variables) {
            assign(variable, FloatArray.zeros(variable.shape()));
        }
    }

    /** Sets a variable. */
    public void assign(Variable variable, FloatArray value) {
        run().feed(variable.assigned(), value).target(variable.assignment()).execute();
    }

    /** Reads a variable. */
    public FloatArray read(Variable variable) {
        return fetch(variable.value());
    }

    /** Runs what one value needs and fetches it. */
    public FloatArray fetch(Operand<TFloat32> value) {
        List<FloatArray> fetched = run().fetch(value).execute();
        return fetched.get(0);
    }

    @Override
    public void close() {
        session.close();
    }
}
