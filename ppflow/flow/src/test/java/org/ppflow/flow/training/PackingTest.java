package org.ppflow.flow.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ppflow.flow.level.BatchPlan;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.model.Dit;
import org.ppflow.flow.model.Packing;
import org.ppflow.flow.transport.Prediction;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.graph.GradientGraph;
import org.ppflow.nn.graph.Variable;
import org.ppflow.nn.graph.VariableStore;
import org.ppflow.nn.session.GraphSession;
import org.ppflow.nn.session.Precision;
import org.ppflow.nn.session.SessionOptions;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class PackingTest {
    private static final int BATCH = 8;
    /** Of the largest number: what float32 sums in another order may differ by. */
    private static final double ROUNDING = 5e-6;

    @ParameterizedTest
    @CsvSource({
        "ppf-3, LEVELS",
        "ppf-3, BUCKETED",
        "ppf-3, MASKED",
        "pyramid, LEVELS",
        "pyramid, BUCKETED",
        "pyramid, MASKED"
    })
    void gradients_areThoseThatTensorFlowFinds(String name, Packing packing) {
        LevelSchedule schedule = LevelSchedule.preset(name);
        TrainingBatch batch = batch(schedule);
        try (TrainingGraph graph = trained(schedule, packing, false)) {
            List<FloatArray> weights = graph.session().read(graph.model().variables());
            List<FloatArray> expected = automaticGradients(schedule, weights, batch);
            List<FloatArray> actual = graph.gradients(batch);
            for (int i = 0; i < expected.size(); i++) {
                String variable = graph.model().trainable().get(i).name();
                assertThat(distance(actual.get(i), expected.get(i)))
                        .as(variable)
                        .isLessThan(ROUNDING * largest(expected));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ppf-2", "ppf-3"})
    void levelsBucketedAndMasked_giveTheSameNumbers(String name) {
        LevelSchedule schedule = LevelSchedule.preset(name);
        TrainingBatch batch = batch(schedule);
        try (TrainingGraph levels = trained(schedule, Packing.LEVELS, false);
                TrainingGraph bucketed = trained(schedule, Packing.BUCKETED, false);
                TrainingGraph masked = trained(schedule, Packing.MASKED, false);
                TrainingGraph authors = trained(schedule, Packing.AUTHORS, false)) {
            FloatArray expected = levels.predict(batch);
            double rounding = 1e-4 * largest(List.of(expected)); // three training steps apart
            assertThat(distance(bucketed.predict(batch), expected)).isLessThan(rounding);
            assertThat(distance(masked.predict(batch), expected)).isLessThan(rounding);
            assertThat(distance(authors.predict(batch), expected)).isGreaterThan(rounding);
        }
    }

    @Test
    void recomputation_changesNothing() {
        LevelSchedule schedule = LevelSchedule.PPF_2;
        TrainingBatch batch = batch(schedule);
        try (TrainingGraph kept = trained(schedule, Packing.LEVELS, false);
                TrainingGraph recomputed = trained(schedule, Packing.LEVELS, true)) {
            assertThat(recomputed.gradients(batch)).isEqualTo(kept.gradients(batch));
        }
    }

    @Test
    void bfloat16_staysNearFloat32() {
        LevelSchedule schedule = LevelSchedule.PPF_2;
        TrainingBatch batch = batch(schedule);
        try (TrainingGraph exact = SmallTraining.graph(schedule, BATCH);
                TrainingGraph rounded = SmallTraining.graph(
                        schedule,
                        BATCH,
                        StepOptions.PAPER,
                        SessionOptions.DEFAULT.withThreads(1).withPrecision(Precision.BF16))) {
            train(exact, schedule);
            train(rounded, schedule);
            FloatArray expected = exact.predict(batch);
            double difference = distance(rounded.predict(batch), expected);
            // bfloat16 has eight bits: it must show, and must not show much.
            assertThat(difference).isBetween(1e-5 * largest(List.of(expected)), 0.1 * largest(List.of(expected)));
        }
    }

    @Test
    void imagesThatDoNotFillRows_areRefused() {
        // One image of the coarse level, four of which fill a row.
        assertThatThrownBy(() -> SmallTraining.graph(LevelSchedule.PPF_2, 2, options(Packing.MASKED, false)))
                .hasMessageContaining("level 0 has 1 images of 4 tokens")
                .hasMessageContaining("rows of 16");
    }

    private static List<FloatArray> automaticGradients(
            LevelSchedule schedule, List<FloatArray> weights, TrainingBatch batch) {
        BatchPlan plan = BatchPlan.split(schedule, BATCH);
        try (Graph graph = new Graph();
                GraphSession session = new GraphSession(graph, SessionOptions.DEFAULT.withThreads(1))) {
            Ops tf = Ops.create(graph);
            VariableStore store = new VariableStore(tf, "model");
            Dit dit = new Dit(store.root(), SmallTraining.CONFIG, schedule);
            List<Operand<TFloat32>> outputs = new ArrayList<>();
            for (int level = 0; level < schedule.count(); level++) {
                int first = plan.offset(level);
                int count = plan.count(level);
                FloatArray x = batch.position().slice(first, first + count);
                FloatArray t = batch.times().slice(first, first + count);
                int[] y = java.util.Arrays.copyOfRange(batch.labels(), first, first + count);
                outputs.add(dit.forward(tf, level, constant(tf, x), tf.constant(t.values()), tf.constant(y))
                        .velocity());
            }
            Operand<TFloat32> loss = tf.math.mean(
                    tf.math.squaredDifference(tf.concat(outputs, tf.constant(0)), constant(tf, batch.target())),
                    tf.constant(new int[] {0, 1, 2, 3}));
            java.util.Iterator<FloatArray> values = weights.iterator();
            session.assign(store.variables(), variable -> values.next());
            return session.run()
                    .fetch(GradientGraph.of(
                            graph,
                            loss,
                            store.trainable().stream().map(Variable::value).toList()))
                    .execute();
        }
    }

    private static Operand<TFloat32> constant(Ops tf, FloatArray array) {
        return tf.reshape(tf.constant(array.values()), tf.constant(array.shape()));
    }

    private static TrainingGraph trained(LevelSchedule schedule, Packing packing, boolean recompute) {
        TrainingGraph graph = SmallTraining.graph(schedule, BATCH, options(packing, recompute));
        train(graph, schedule);
        return graph;
    }

    /** Away from the zeros of a fresh network, where nothing depends on anything. */
    private static void train(TrainingGraph graph, LevelSchedule schedule) {
        graph.initialize(1);
        for (int step = 1; step <= 3; step++) {
            TrainingBatch batch = SmallTraining.draw(schedule, BATCH).draw(step, SmallTraining.latents(step, BATCH));
            graph.step(step, batch, 1e-2, 0.9);
        }
    }

    private static StepOptions options(Packing packing, boolean recompute) {
        return new StepOptions(packing, recompute, Prediction.VELOCITY, 0, 1);
    }

    private static TrainingBatch batch(LevelSchedule schedule) {
        return SmallTraining.draw(schedule, BATCH).draw(9, SmallTraining.latents(9, BATCH));
    }

    private static double distance(FloatArray one, FloatArray other) {
        assertThat(one.shape()).isEqualTo(other.shape());
        double most = 0;
        for (int i = 0; i < one.values().length; i++) {
            most = Math.max(most, Math.abs(one.values()[i] - other.values()[i]));
        }
        return most;
    }

    private static double largest(List<FloatArray> arrays) {
        double most = 0;
        for (FloatArray array : arrays) {
            for (float value : array.values()) {
                most = Math.max(most, Math.abs(value));
            }
        }
        return most;
    }
}
