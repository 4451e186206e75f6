package org.ppflow.flow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.level.PatchSize;
import org.ppflow.flow.transport.Prediction;
import org.ppflow.flow.transport.ProbabilityPath;
import org.ppflow.flow.transport.Transport;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.graph.VariableStore;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;
import org.ppflow.nn.session.GraphSession;
import org.ppflow.nn.session.SessionOptions;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class PyramidStageTest {
    private static final int SIDE = 8;
    private static final int ROWS = 3;

    /** A pyramid's coarse stage is a SiT on latents of half the size: same weights, its own position table. */
    @Test
    void coarseStage_isASiTOnHalfTheLatent() {
        FloatArray x = FloatArray.zeros(ROWS, 2, SIDE, SIDE);
        RandomStream.of(1, Purpose.TEST, 0).fillGaussian(x.values(), 0, x.values().length);
        FloatArray small = FloatArray.zeros(ROWS, 2, SIDE / 2, SIDE / 2);
        for (int i = 0; i < small.values().length; i++) {
            int corner = corner(i);
            small.values()[i] = (x.values()[corner]
                            + x.values()[corner + 1]
                            + x.values()[corner + SIDE]
                            + x.values()[corner + SIDE + 1])
                    / 4;
        }
        Map<String, FloatArray> weights = new HashMap<>();
        FloatArray pyramid = velocity(LevelSchedule.PYRAMID, SIDE, 0, x, weights);
        weights.put("pos_embed", weights.get("pos_embed.0"));
        FloatArray sit = velocity(LevelSchedule.SIT, SIDE / 2, 0, small, weights);
        assertThat(sit.values()).doesNotContain(0f);
        for (int i = 0; i < small.values().length; i++) {
            for (int pixel : new int[] {0, 1, SIDE, SIDE + 1}) {
                assertThat(pyramid.values()[corner(i) + pixel]).isCloseTo(sit.values()[i], within(1e-5f));
            }
        }
    }

    @Test
    void fineStage_isTheSiT() {
        FloatArray x = FloatArray.zeros(ROWS, 2, SIDE, SIDE);
        RandomStream.of(1, Purpose.TEST, 0).fillGaussian(x.values(), 0, x.values().length);
        Map<String, FloatArray> weights = new HashMap<>();
        FloatArray pyramid = velocity(LevelSchedule.PYRAMID, SIDE, 1, x, weights);
        weights.put("pos_embed", weights.get("pos_embed.1"));
        assertThat(velocity(LevelSchedule.SIT, SIDE, 0, x, weights)).isEqualTo(pyramid);
    }

    /** A token is where its square of the latent is, as with PPFlow's coarse patches. */
    @Test
    void positions_countInPatchesOfTheWholeLatent() {
        FloatArray coarse = PositionTable.of(config(SIDE), new PatchSize(4, 4), new PatchSize(2, 2));
        Map<String, FloatArray> weights = new HashMap<>();
        velocity(LevelSchedule.PYRAMID, SIDE, 0, FloatArray.zeros(1, 2, SIDE, SIDE), weights);
        assertThat(weights.get("pos_embed.0")).isEqualTo(coarse);
    }

    @Test
    void description_saysThatItIsAPyramidAndNothingNewOfOthers() {
        for (LevelSchedule schedule : LevelSchedule.presets().values()) {
            ModelDescription description = new ModelDescription(config(SIDE), schedule);
            String json = description.toJson();
            assertThat(ModelDescription.parse(json, "here")).isEqualTo(description);
            // Trainings are told apart by this text: those of patches must go on as they began.
            assertThat(json.contains("representation"))
                    .isEqualTo(schedule.representation().isPyramid());
        }
    }

    @Test
    void description_refusesAPyramidOfNoise() {
        Transport noise = new Transport(ProbabilityPath.LINEAR, Prediction.NOISE);
        assertThatThrownBy(() -> new ModelDescription(config(SIDE), LevelSchedule.PYRAMID, noise))
                .hasMessageContaining("the stages of a pyramid are velocity on the linear path");
    }

    /** First of the four pixels of the large latent under pixel i of the small one. */
    private static int corner(int i) {
        int half = SIDE / 2;
        int plane = i / (half * half);
        int pixel = i % (half * half);
        return plane * SIDE * SIDE + pixel / half * 2 * SIDE + pixel % half * 2;
    }

    private static DitConfig config(int side) {
        return new DitConfig(2, side, side, 2, 16, 2, 4, 3, 0.1, true, false, PositionAlignment.TOP_LEFT);
    }

    /** Runs one level with these weights; those that are missing are made up and added. */
    private static FloatArray velocity(
            LevelSchedule schedule, int side, int level, FloatArray x, Map<String, FloatArray> weights) {
        try (Graph graph = new Graph();
                GraphSession session = new GraphSession(graph, SessionOptions.DEFAULT.withThreads(1))) {
            Ops tf = Ops.create(graph);
            VariableStore store = new VariableStore(tf, "model");
            Dit dit = new Dit(store.root(), config(side), schedule);
            int[] labels = new int[x.rows()];
            float[] times = new float[x.rows()];
            java.util.Arrays.fill(times, 0.4f);
            Operand<TFloat32> constant = tf.reshape(tf.constant(x.values()), tf.constant(x.shape()));
            Operand<TFloat32> velocity = dit.forward(tf, level, constant, tf.constant(times), tf.constant(labels))
                    .velocity();
            session.initialize(store, 1);
            store.variables().forEach(variable -> {
                if (!variable.trainable()) {
                    weights.putIfAbsent(variable.name(), session.fetch(variable.value()));
                }
            });
            session.assign(
                    store.variables(),
                    variable -> weights.computeIfAbsent(variable.name(), missing -> {
                        FloatArray made = FloatArray.zeros(variable.shape());
                        RandomStream stream = RandomStream.of(2, Purpose.TEST, missing.hashCode() & 0xFFFF);
                        for (int i = 0; i < made.values().length; i++) {
                            made.values()[i] = (float) (0.2 * stream.nextGaussian());
                        }
                        return made;
                    }));
            return session.run().fetch(velocity).execute().get(0);
        }
    }
}
