package org.ppflow.flow.sampling;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.model.Dit;
import org.ppflow.flow.model.DitConfig;
import org.ppflow.flow.model.ModelDescription;
import org.ppflow.flow.model.ModelWeights;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.graph.VariableStore;
import org.ppflow.nn.session.GraphSession;
import org.ppflow.nn.session.SessionOptions;
import org.ppflow.nn.weights.Safetensors;
import org.ppflow.nn.weights.TensorFile;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The forward sub-graphs of all levels on one set of weights. Owns graph and session. */
public final class SamplingGraph implements LevelNetworks, AutoCloseable {
    private final ModelDescription description;
    private final Graph graph = new Graph();
    private final Placeholder<TFloat32> x;
    private final Placeholder<TFloat32> t;
    private final Placeholder<TInt32> y;
    private final List<Operand<TFloat32>> velocities = new ArrayList<>();
    private final VariableStore weights;
    private final GraphSession session;

    private SamplingGraph(ModelDescription description, SessionOptions options) {
        this.description = description;
        DitConfig config = description.config();
        Ops tf = Ops.create(graph);
        this.weights = new VariableStore(tf, "model");
        Dit dit = new Dit(weights.root(), config, description.schedule());
        this.x = tf.placeholder(
                TFloat32.class, Placeholder.shape(Shape.of(-1, config.channels(), config.height(), config.width())));
        this.t = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1)));
        this.y = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
        for (int level = 0; level < description.schedule().count(); level++) {
            velocities.add(dit.forward(tf.withSubScope("level" + level), level, x, t, y)
                    .velocity());
        }
        this.session = new GraphSession(graph, options);
    }

    /** Opens weights that carry their description, {@code model.safetensors} or {@code ema-….safetensors} of a run. */
    public static SamplingGraph open(Path file, SessionOptions options) throws IOException {
        try (TensorFile weights = Safetensors.open(file)) {
            SamplingGraph opened = new SamplingGraph(ModelWeights.description(weights), options);
            try {
                ModelWeights.load(opened.session, opened.weights, weights);
                return opened;
            } catch (IOException | RuntimeException e) {
                opened.close();
                throw e;
            }
        }
    }

    /** Network and schedule. */
    public ModelDescription description() {
        return description;
    }

    @Override
    public LevelSchedule schedule() {
        return description.schedule();
    }

    @Override
    public int nullClass() {
        return description.config().nullClass();
    }

    @Override
    public FloatArray velocity(int level, FloatArray states, double time, int[] labels) {
        float[] times = new float[states.rows()];
        Arrays.fill(times, (float) time);
        return session.run()
                .feed(x, states)
                .feed(t, FloatArray.vector(times))
                .feed(y, labels)
                .fetch(velocities.get(level))
                .execute()
                .get(0);
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}
