package org.ppflow.nn.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.graph.GradientGraph;
import org.ppflow.nn.graph.Initializer;
import org.ppflow.nn.graph.Variable;
import org.ppflow.nn.graph.VariableStore;
import org.ppflow.nn.session.GraphSession;
import org.ppflow.nn.session.SessionOptions;
import org.ppflow.nn.session.SessionRun;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class AdamWTest {
    private static final int STEPS = 6;
    private static final double RATE = 0.05;

    /** A large ε shows where it is added: PyTorch adds it after the bias correction, TensorFlow's op before. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1})
    void update_isPyTorchsInDouble(double weightDecay) {
        AdamW.Constants constants = new AdamW.Constants(0.9, 0.99, 1e-2, weightDecay);
        double weight = 1.5;
        double first = 0;
        double second = 0;
        double average = weight;
        for (int step = 1; step <= STEPS; step++) {
            double gradient = 2 * weight * 0.01;
            weight -= RATE * weightDecay * weight;
            first = 0.9 * first + 0.1 * gradient;
            second = 0.99 * second + 0.01 * gradient * gradient;
            double corrected = first / (1 - Math.pow(0.9, step));
            double root = Math.sqrt(second / (1 - Math.pow(0.99, step)));
            weight -= RATE * corrected / (root + 1e-2);
            average = 0.7 * average + 0.3 * weight;
        }
        double[] actual = train(constants);
        assertThat(actual[0]).isCloseTo(weight, within(2e-6));
        assertThat(actual[1]).isCloseTo(average, within(2e-6));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.0, -0.1, Double.NaN})
    void constants_rejectDecaysOutside(double beta) {
        assertThatThrownBy(() -> new AdamW.Constants(beta, 0.999, 1e-8, 0)).hasMessageContaining("beta1: " + beta);
    }

    @Test
    void constants_rejectNegativeWeightDecay() {
        assertThatThrownBy(() -> new AdamW.Constants(0.9, 0.999, 1e-8, -1)).hasMessageContaining("weight_decay: -1.0");
    }

    /** Minimises 0.01·w² from w = 1.5; returns weight and its moving average. */
    private static double[] train(AdamW.Constants constants) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            VariableStore store = new VariableStore(tf, "model");
            Variable w = store.root().trainable("w", Initializer.zeros(), 1);
            Operand<TFloat32> loss = tf.math.mul(tf.constant(0.01f), tf.math.square(w.value()));
            AdamW optimizer = new AdamW(tf, constants, List.of(w), GradientGraph.of(graph, loss, List.of(w.value())));
            ExponentialMovingAverage ema = new ExponentialMovingAverage(tf, "ema", store, optimizer.updates());
            try (GraphSession session = new GraphSession(graph, SessionOptions.DEFAULT)) {
                session.assign(List.of(w), variable -> FloatArray.vector(1.5f));
                optimizer.reset(session);
                ema.copyFromModel(session);
                for (int step = 1; step <= STEPS; step++) {
                    SessionRun run = session.run();
                    optimizer.at(run, step, RATE);
                    ema.at(run, 0.7).execute();
                }
                Variable average = ema.averages().get("w");
                return new double[] {
                    session.fetch(w.value()).values()[0],
                    session.fetch(average.value()).values()[0]
                };
            }
        }
    }
}
