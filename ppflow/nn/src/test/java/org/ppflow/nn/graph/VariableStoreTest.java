package org.ppflow.nn.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.session.GraphSession;
import org.ppflow.nn.session.SessionOptions;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class VariableStoreTest {
    @Test
    void sameName_givesTheSameVariable() {
        try (Graph graph = new Graph()) {
            VariableStore store = new VariableStore(Ops.create(graph), "model");
            Variable first = store.root().child("blocks").child(3).trainable("weight", Initializer.zeros(), 2, 3);
            Variable again = store.root().child("blocks").child("3").trainable("weight", Initializer.zeros(), 2, 3);
            assertThat(again).isSameAs(first);
            assertThat(first.name()).isEqualTo("blocks.3.weight");
            assertThat(store.trainableParameters()).isEqualTo(6);
        }
    }

    @Test
    void sameName_rejectsAnotherShape() {
        try (Graph graph = new Graph()) {
            VariableStore store = new VariableStore(Ops.create(graph), "model");
            store.root().trainable("weight", Initializer.zeros(), 2, 3);
            assertThatThrownBy(() -> store.root().trainable("weight", Initializer.zeros(), 3, 2))
                    .hasMessageContaining("weight[2, 3]")
                    .hasMessageContaining("[3, 2]");
        }
    }

    @Test
    void twoStores_holdDifferentValuesUnderTheSameNames() {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Variable model = new VariableStore(tf, "model").root().trainable("w", Initializer.zeros(), 2);
            Variable ema = new VariableStore(tf, "ema").root().trainable("w", Initializer.zeros(), 2);
            try (GraphSession session = new GraphSession(graph, SessionOptions.DEFAULT)) {
                session.assign(List.of(model, ema), variable -> FloatArray.vector(variable == model ? 1 : 2, 3));
                assertThat(session.fetch(model.value()).values()).containsExactly(1, 3);
                assertThat(session.fetch(ema.value()).values()).containsExactly(2, 3);
            }
        }
    }

    @Test
    void initialValue_isAFunctionOfSeedAndName() {
        try (Graph graph = new Graph()) {
            VariableScope scope = new VariableStore(Ops.create(graph), "model").root();
            Variable a = scope.trainable("a", Initializer.xavierUniform(), 40, 20);
            Variable b = scope.trainable("b", Initializer.xavierUniform(), 40, 20);
            assertThat(a.initialValue(1)).isEqualTo(a.initialValue(1));
            assertThat(a.initialValue(1)).isNotEqualTo(a.initialValue(2));
            assertThat(a.initialValue(1)).isNotEqualTo(b.initialValue(1));
        }
    }

    /** √(6/(fan in + fan out)) on the flattened matrix: a patch projection [8, 4, 2, 2] counts as [8, 16]. */
    @Test
    void xavier_isUniformWithinItsBound() {
        try (Graph graph = new Graph()) {
            VariableScope scope = new VariableStore(Ops.create(graph), "model").root();
            float[] values = scope.trainable("w", Initializer.xavierUniform(), 8, 400, 2, 2)
                    .initialValue(3)
                    .values();
            double bound = Math.sqrt(6.0 / (8 + 1600));
            double squares = 0;
            for (float value : values) {
                assertThat(Math.abs(value)).isLessThanOrEqualTo((float) bound);
                squares += value * value;
            }
            assertThat(squares / values.length).isCloseTo(bound * bound / 3, within(0.03 * bound * bound));
        }
    }

    @Test
    void gradient_addsUpOverEveryUse() {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Variable w = new VariableStore(tf, "model").root().trainable("w", Initializer.zeros(), 2);
            // Σ (w² + 3w), so 2w + 3
            Operand<TFloat32> y = tf.math.add(tf.math.square(w.value()), tf.math.mul(tf.constant(3f), w.value()));
            Operand<TFloat32> gradient =
                    GradientGraph.of(graph, y, List.of(w.value())).get(0);
            try (GraphSession session = new GraphSession(graph, SessionOptions.DEFAULT)) {
                session.assign(List.of(w), variable -> FloatArray.vector(5, -1));
                assertThat(session.fetch(gradient).values()).containsExactly(13, 1);
            }
        }
    }

    @Test
    void gradient_saysWhichInputNothingDependsOn() {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            VariableScope scope = new VariableStore(tf, "model").root();
            Variable used = scope.trainable("used", Initializer.zeros(), 2);
            Variable unused = scope.trainable("unused", Initializer.zeros(), 2);
            Operand<TFloat32> y = tf.math.square(used.value());
            assertThatThrownBy(() -> GradientGraph.of(graph, y, List.of(used.value(), unused.value())))
                    .hasMessageContaining("model/unused");
        }
    }
}
