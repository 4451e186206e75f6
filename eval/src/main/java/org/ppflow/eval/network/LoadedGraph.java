package org.ppflow.eval.network;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.session.GraphSession;
import org.ppflow.nn.session.SessionOptions;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TNumber;

/** A network ready to run: its graph in TensorFlow's memory, variables restored. Owns graph and session. */
final class LoadedGraph implements AutoCloseable {
    private final NetworkFile file;
    private final Graph graph;
    private final GraphSession session;
    private final TensorNames names;

    private LoadedGraph(NetworkFile file, Graph graph, SessionOptions options) {
        this.file = file;
        this.graph = graph;
        this.names = new TensorNames(file, graph);
        this.session = new GraphSession(graph, options);
    }

    static LoadedGraph open(NetworkFile file, SessionOptions options) {
        Graph graph = file.graph().toGraph();
        LoadedGraph loaded = new LoadedGraph(file, graph, options);
        try {
            loaded.restore();
            return loaded;
        } catch (TensorFlowException | IllegalArgumentException | IllegalStateException e) {
            loaded.close();
            throw BadInputException.at(file.graph().file().toString())
                    .found("variables that cannot be read: " + e.getMessage())
                    .expected("a complete SavedModel")
                    .cause(e)
                    .build();
        } catch (RuntimeException e) {
            loaded.close();
            throw e;
        }
    }

    @SuppressWarnings("unchecked") // the type is looked at
    private void restore() {
        file.restore().ifPresent(restore -> {
            Output<?> place = names.output(restore.place());
            if (place.type() != TString.class) {
                throw new IllegalArgumentException(restore.place() + " takes no path");
            }
            run((Operand<TString>) place, restore.path().toString(), restore.operation());
        });
        file.initializer()
                .ifPresent(name -> session.run().target(operation(name)).execute());
    }

    private void run(Operand<TString> place, String path, String operation) {
        session.run().feed(place, path).target(operation(operation)).execute();
    }

    /** An operation without regard to its outputs, of which it may have none. */
    private Op operation(String name) {
        @Nullable Operation operation = graph.operation(name.replaceAll(":\\d+$", ""));
        if (operation == null) {
            throw new IllegalArgumentException("no operation " + name);
        }
        return () -> operation;
    }

    /** The tensor that takes pictures, float32. */
    Operand<TFloat32> input(String name) {
        return floats(names.input(name), name);
    }

    /** A tensor to fetch, as often as asked for; half and double precision become float32, integers are no features. */
    @SuppressWarnings("unchecked") // the type is looked at
    Operand<TFloat32> output(String name) {
        Output<?> output = names.output(name);
        if (output.type() != TFloat32.class && TFloating.class.isAssignableFrom(output.type())) {
            Operand<? extends TNumber> number = (Operand<? extends TNumber>) output;
            return fetches().dtypes.cast(number, TFloat32.class);
        }
        return fetches().identity(floats(output, name));
    }

    /** Each fetch gets a node of its own: TensorFlow Java does not fetch one tensor twice, as a feature and a probability. */
    private Ops fetches() {
        return Ops.create(graph).withSubScope("ppflow");
    }

    @SuppressWarnings("unchecked") // the type is looked at
    private Operand<TFloat32> floats(Output<?> output, String name) {
        if (output.type() != TFloat32.class) {
            throw BadInputException.at(file.graph().file() + ": " + name)
                    .found("a tensor of type " + output.dataType())
                    .expected("float32")
                    .build();
        }
        return (Operand<TFloat32>) output;
    }

    /** Runs the network on one batch. */
    List<FloatArray> run(Operand<TFloat32> input, FloatArray pictures, List<Operand<TFloat32>> fetched) {
        return session.run().feed(input, pictures).fetch(fetched).execute();
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}
