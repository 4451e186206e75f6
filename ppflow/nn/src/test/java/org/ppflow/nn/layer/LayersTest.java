package org.ppflow.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.graph.VariableScope;
import org.ppflow.nn.graph.VariableStore;
import org.ppflow.nn.session.GraphSession;
import org.ppflow.nn.session.SessionOptions;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class LayersTest {
    private static final float[] X = {-3, -1, -0.2f, 0, 0.5f, 1, 2, 4};

    @Test
    void gelu_isTheTanhForm() {
        float[] y = evaluate((tf, x) -> Activations.geluTanh(tf, x));
        for (int i = 0; i < X.length; i++) {
            double x = X[i];
            double expected = x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
            assertThat((double) y[i]).isCloseTo(expected, within(2e-6));
        }
    }

    @Test
    void silu_isXTimesSigmoid() {
        float[] y = evaluate((tf, x) -> Activations.silu(tf, x));
        for (int i = 0; i < X.length; i++) {
            assertThat((double) y[i]).isCloseTo(X[i] / (1 + Math.exp(-X[i])), within(1e-6));
        }
    }

    @Test
    void layerNorm_givesMeanZeroAndVarianceOne() {
        float[] y = evaluate((tf, x) -> LayerNorm.normalize(tf, x));
        double mean = 0;
        double square = 0;
        for (float value : y) {
            mean += value / y.length;
            square += (double) value * value / y.length;
        }
        assertThat(mean).isCloseTo(0, within(1e-6));
        assertThat(square).isCloseTo(1, within(1e-5));
    }

    @Test
    void layerNorm_ofEqualValuesIsZero() {
        try (Graph graph = new Graph();
                GraphSession session = new GraphSession(graph, SessionOptions.DEFAULT)) {
            Ops tf = Ops.create(graph);
            Operand<TFloat32> same = tf.constant(new float[][] {{7, 7, 7}});
            assertThat(session.fetch(LayerNorm.normalize(tf, same)).values()).containsOnly(0f);
        }
    }

    @Test
    void embedding_picksRowsExactlyAndTheSameRowForAll() {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            VariableStore store = new VariableStore(tf, "model");
            Embedding table = Embedding.in(store.root(), 5, 3);
            try (GraphSession session = new GraphSession(graph, SessionOptions.DEFAULT)) {
                session.initialize(store, 1);
                FloatArray rows = session.fetch(table.table().value());
                FloatArray picked = session.fetch(table.lookUp(tf, tf.constant(new int[] {4, 0, 4})));
                assertThat(picked.slice(0, 1)).isEqualTo(rows.slice(4, 5));
                assertThat(picked.slice(1, 2)).isEqualTo(rows.slice(0, 1));
                assertThat(session.fetch(table.row(tf, 2))).isEqualTo(rows.slice(2, 3));
            }
        }
    }

    @Test
    void attention_rejectsHeadsThatDoNotDivide() {
        try (Graph graph = new Graph()) {
            VariableScope scope = new VariableStore(Ops.create(graph), "model").root();
            assertThatThrownBy(() -> Attention.in(scope, 10, 3))
                    .hasMessage("heads: 3 does not divide the hidden size 10");
        }
    }

    @FunctionalInterface
    private interface Function {
        Operand<TFloat32> apply(Ops tf, Operand<TFloat32> x);
    }

    private static float[] evaluate(Function function) {
        try (Graph graph = new Graph();
                GraphSession session = new GraphSession(graph, SessionOptions.DEFAULT)) {
            Ops tf = Ops.create(graph);
            return session.fetch(function.apply(tf, tf.constant(new float[][] {X})))
                    .values();
        }
    }
}
