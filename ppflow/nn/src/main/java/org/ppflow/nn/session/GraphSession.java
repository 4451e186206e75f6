package org.ppflow.nn.session;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
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
    private static final long ASSIGNED_VALUES = 1 << 25;

    private final Session session;

    /** Opens a session; the graph must outlive it and may still grow. */
    public GraphSession(Graph graph, SessionOptions options) {
        this.session = new Session(graph, options.toProto());
    }

    /** Starts one run: feeds, then fetches and targets, then {@link SessionRun#execute()}. */
    public SessionRun run() {
        return new SessionRun(session.runner());
    }

    /** Gives every variable of a store its initial value. */
    public void initialize(VariableStore store, long seed) {
        assign(store.variables(), variable -> variable.initialValue(seed));
    }

    /**
     * Sets variables, several a run, since every new set of feeds has TensorFlow prepare the graph again. Holds at most
     * {@value #ASSIGNED_VALUES} values, or one variable where that is larger, on the heap and once more in native memory.
     *
     * @param variables what to set
     * @param values gives each its value, called once for each, in order
     */
    public void assign(Collection<Variable> variables, Function<Variable, FloatArray> values) {
        SessionRun run = run();
        try {
            long held = 0;
            for (Variable variable : variables) {
                if (held > 0 && held + variable.size() > ASSIGNED_VALUES) {
                    run.execute();
                    run = run();
                    held = 0;
                }
                held += variable.size();
                run.feed(variable.assigned(), values.apply(variable)).target(variable.assignment());
            }
            if (held > 0) {
                run.execute();
            }
        } catch (RuntimeException e) {
            run.abandon();
            throw e;
        }
    }

    /** Where a variable's values come from, in pieces. */
    @FunctionalInterface
    public interface ValueSource {
        /** Hands array-backed buffers to the target, row-major, until there is no more. */
        void writeTo(Variable variable, Consumer<FloatBuffer> target) throws IOException;
    }

    /**
     * {@link #assign} for values that are not on the heap: they go straight into native memory, which holds at most
     * {@value #ASSIGNED_VALUES} of them twice, or one variable where that is larger.
     *
     * @param variables what to set
     * @param source asked once for each, in order
     */
    public void load(Collection<Variable> variables, ValueSource source) throws IOException {
        SessionRun run = run();
        try {
            long held = 0;
            for (Variable variable : variables) {
                if (held > 0 && held + variable.size() > ASSIGNED_VALUES) {
                    run.execute();
                    run = run();
                    held = 0;
                }
                held += variable.size();
                run.feed(variable.assigned(), variable.shape(), target -> source.writeTo(variable, target))
                        .target(variable.assignment());
            }
            if (held > 0) {
                run.execute();
            }
        } catch (IOException | RuntimeException e) {
            run.abandon();
            throw e;
        }
    }

    /** Reads variables, all in one run: a copy of each on the heap. */
    public List<FloatArray> read(Collection<Variable> variables) {
        return run().fetch(variables.stream().map(Variable::value).toList()).execute();
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
