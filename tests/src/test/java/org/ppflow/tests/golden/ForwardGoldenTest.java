package org.ppflow.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.ppflow.flow.model.Dit;
import org.ppflow.flow.model.ModelDescription;
import org.ppflow.flow.model.ModelWeights;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.graph.VariableStore;
import org.ppflow.nn.session.GraphSession;
import org.ppflow.nn.session.SessionOptions;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.Safetensors;
import org.ppflow.nn.weights.TensorFile;
import org.tensorflow.Graph;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Forward passes of the published code, layer by layer, so that a failure names the first layer that differs. */
class ForwardGoldenTest {
    /** About twenty times the reference's own float32 error (golden README, suggested tolerances). */
    private static final double TOLERANCE = 2e-5;

    @TestFactory
    List<DynamicTest> forwardPasses() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : GoldenFolder.find("model", "forward.npz")) {
            tests.add(dynamicTest(file.getParent().getFileName() + ": forward", () -> compareForward(file)));
        }
        for (Path file : GoldenFolder.find("model", "inference.npz")) {
            tests.add(dynamicTest(file.getParent().getFileName() + ": every level", () -> compareLevels(file)));
        }
        assertThat(tests).isNotEmpty();
        return tests;
    }

    private static void compareForward(Path file) throws IOException {
        try (Network network = new Network(file.resolveSibling("weights.safetensors"));
                TensorFile golden = Npz.open(file)) {
            int[] labels = ints(golden.longs("y"));
            network.run(0, golden.floats("x"), golden.floats("t").values(), labels);
            network.compareLayers(golden, "", labels.length);
            ArrayAssert.assertThat(network.velocity).isWithin(TOLERANCE, golden.floats("out"));
        }
    }

    private static void compareLevels(Path file) throws IOException {
        try (Network network = new Network(file.resolveSibling("weights.safetensors"));
                TensorFile golden = Npz.open(file)) {
            FloatArray x = golden.floats("x");
            int[] labels = ints(golden.longs("y"));
            float[] times = golden.floats("t").values();
            long[] levels = golden.longs("level");
            FloatArray expected = golden.floats("outs");
            for (int i = 0; i < times.length; i++) {
                float[] same = new float[labels.length];
                Arrays.fill(same, times[i]);
                network.run((int) levels[i], x, same, labels);
                if (isNear(times[i], 0.2) || isNear(times[i], 0.6) || isNear(times[i], 0.9)) {
                    network.compareLayers(golden, "level" + levels[i] + "/", 2);
                }
                ArrayAssert.assertThat(network.velocity)
                        .as("t = " + times[i])
                        .isWithin(TOLERANCE, expected.slice(i, i + 1).reshaped(x.shape()));
            }
        }
    }

    private static boolean isNear(double a, double b) {
        return Math.abs(a - b) < 1e-6;
    }

    private static int[] ints(long[] values) {
        return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
    }

    /** One network with the sub-graphs of all its levels. */
    private static final class Network implements AutoCloseable {
        private final Graph graph = new Graph();
        private final Ops tf = Ops.create(graph);
        private final org.tensorflow.op.core.Placeholder<TFloat32> x = tf.placeholder(TFloat32.class);
        private final org.tensorflow.op.core.Placeholder<TFloat32> t = tf.placeholder(TFloat32.class);
        private final org.tensorflow.op.core.Placeholder<TInt32> y = tf.placeholder(TInt32.class);
        private final List<Dit.Pass> passes = new ArrayList<>();
        private final GraphSession session;
        private List<FloatArray> layers = List.of();
        private FloatArray velocity = FloatArray.zeros(0);

        Network(Path weights) throws IOException {
            ModelDescription description = GoldenFolder.description(weights);
            VariableStore store = new VariableStore(tf, "model");
            Dit dit = new Dit(store.root(), description.config(), description.schedule());
            for (int level = 0; level < description.schedule().count(); level++) {
                passes.add(dit.forward(tf, level, x, t, y));
            }
            session = new GraphSession(graph, SessionOptions.DEFAULT);
            try (TensorFile file = Safetensors.open(weights)) {
                ModelWeights.load(session, store, file);
            }
        }

        void run(int level, FloatArray states, float[] times, int[] labels) {
            Dit.Pass pass = passes.get(level);
            List<FloatArray> results = session.run()
                    .feed(x, states)
                    .feed(t, FloatArray.vector(times))
                    .feed(y, labels)
                    .fetch(pass.tokens())
                    .fetch(pass.conditioning())
                    .fetch(pass.blocks())
                    .fetch(pass.finalTokens())
                    .fetch(pass.velocity())
                    .execute();
            layers = results.subList(0, results.size() - 1);
            velocity = results.get(results.size() - 1);
        }

        /** In the order of the computation: the first that differs is the one to look at. */
        void compareLayers(TensorFile golden, String prefix, int rows) throws IOException {
            List<String> names = new ArrayList<>(List.of("tokens", "cond"));
            for (int block = 0; block < layers.size() - 3; block++) {
                names.add("block" + block);
            }
            names.add("final_tokens");
            for (int i = 0; i < names.size(); i++) {
                String name = prefix + names.get(i);
                if (golden.contains(name)) {
                    FloatArray expected = golden.floats(name);
                    float[] first = Arrays.copyOf(layers.get(i).values(), expected.values().length);
                    ArrayAssert.assertThat(new FloatArray(expected.shape(), first))
                            .as(name + " of " + rows + " rows")
                            .isWithin(TOLERANCE, expected);
                }
            }
        }

        @Override
        public void close() {
            session.close();
            graph.close();
        }
    }
}
