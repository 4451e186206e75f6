package org.ppflow.flow.sampling;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.model.Dit;
import org.ppflow.flow.model.DitConfig;
import org.ppflow.flow.model.ModelDescription;
import org.ppflow.flow.model.ModelWeights;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.graph.GradientGraph;
import org.ppflow.nn.graph.VariableStore;
import org.ppflow.nn.session.GraphSession;
import org.ppflow.nn.session.SessionOptions;
import org.ppflow.nn.session.SessionRun;
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
    private final Placeholder<TFloat32> cotangent;
    private final List<Dit.Pass> passes = new ArrayList<>();
    private final Map<Integer, Operand<TFloat32>> products = new HashMap<>();
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
        this.cotangent = tf.placeholder(TFloat32.class, Placeholder.shape(x.shape()));
        for (int level = 0; level < description.schedule().count(); level++) {
            passes.add(dit.forward(tf.withSubScope("level" + level), level, x, t, y));
        }
        this.session = new GraphSession(graph, options);
    }

    /** Opens weights that carry their description, {@code model.safetensors} or {@code ema-….safetensors} of a run. */
    public static SamplingGraph open(Path file, SessionOptions options) throws IOException {
        try (TensorFile weights = Safetensors.open(file)) {
            return open(weights, ModelWeights.description(weights), options);
        }
    }

    /**
     * Opens weights of any format.
     *
     * @param weights read here, and not needed afterwards
     * @param description the network that they are for
     */
    public static SamplingGraph open(TensorFile weights, ModelDescription description, SessionOptions options)
            throws IOException {
        SamplingGraph opened = new SamplingGraph(description, options);
        try {
            ModelWeights.load(opened.session, opened.weights, weights);
            return opened;
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** Opens a network with fresh weights, to measure it. */
    public static SamplingGraph random(ModelDescription description, SessionOptions options, long seed) {
        SamplingGraph opened = new SamplingGraph(description, options);
        opened.session.initialize(opened.weights, seed);
        return opened;
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
    public FloatArray output(int level, FloatArray states, float[] times, int[] labels) {
        return feed(states, times, labels)
                .fetch(passes.get(level).velocity())
                .execute()
                .get(0);
    }

    /**
     * What a forward pass goes through, in the order of the computation: {@code tokens} [n, L, D], {@code cond} [n, D],
     * {@code block0} … [n, L, D], {@code final_tokens} [n, L, patch area · output channels], {@code velocity} [n, C, H, W].
     */
    public Map<String, FloatArray> layers(int level, FloatArray states, float[] times, int[] labels) {
        Dit.Pass pass = passes.get(level);
        Map<String, Operand<TFloat32>> wanted = new LinkedHashMap<>();
        wanted.put("tokens", pass.tokens());
        wanted.put("cond", pass.conditioning());
        for (int block = 0; block < pass.blocks().size(); block++) {
            wanted.put("block" + block, pass.blocks().get(block));
        }
        wanted.put("final_tokens", pass.finalTokens());
        wanted.put("velocity", pass.velocity());
        List<FloatArray> values =
                feed(states, times, labels).fetch(List.copyOf(wanted.values())).execute();
        Map<String, FloatArray> layers = new LinkedHashMap<>();
        for (String name : wanted.keySet()) {
            layers.put(name, values.get(layers.size()));
        }
        // (n·L, area · channels) -> (n, L, area · channels)
        layers.computeIfPresent("final_tokens", (name, flat) -> {
            int width = flat.shape()[1];
            return flat.reshaped(states.rows(), flat.rows() / states.rows(), width);
        });
        return layers;
    }

    @Override
    public Differentiated differentiate(
            int level, FloatArray states, float[] times, int[] labels, FloatArray cotangents) {
        List<FloatArray> values = feed(states, times, labels)
                .feed(cotangent, cotangents)
                .fetch(passes.get(level).velocity())
                .fetch(product(level))
                .execute();
        return new Differentiated(values.get(0), values.get(1));
    }

    /** c^T·∂output/∂x, which is the gradient of c·output; built when first asked for. */
    private Operand<TFloat32> product(int level) {
        return products.computeIfAbsent(level, missing -> {
            Ops tf = Ops.create(graph).withSubScope("product" + level);
            Operand<TFloat32> output = passes.get(level).velocity();
            return GradientGraph.of(graph, tf.math.mul(output, cotangent), List.of(x))
                    .get(0);
        });
    }

    private SessionRun feed(FloatArray states, float[] times, int[] labels) {
        return session.run().feed(x, states).feed(t, FloatArray.vector(times)).feed(y, labels);
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}
