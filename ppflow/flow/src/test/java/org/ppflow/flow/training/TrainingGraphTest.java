package org.ppflow.flow.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.model.Packing;
import org.ppflow.flow.transport.Prediction;
import org.ppflow.nn.array.FloatArray;

class TrainingGraphTest {
    private static final int BATCH = 8;
    private static final int CHANGED = 5;

    /** Method, row 1: the published packing lets tokens see other images; here not a bit of another image changes. */
    @ParameterizedTest
    @CsvSource({
        "sit, LEVELS",
        "ppf-2, LEVELS",
        "ppf-3, LEVELS",
        "ppf-2, BUCKETED",
        "ppf-3, BUCKETED",
        "ppf-2, MASKED",
        "ppf-3, MASKED",
        "pyramid-renoised, LEVELS",
        "pyramid-renoised, BUCKETED",
        "pyramid-renoised, MASKED"
    })
    void oneChangedImage_changesNoBitOfAnyOther(String name, Packing packing) {
        LevelSchedule schedule = LevelSchedule.preset(name);
        StepOptions options = new StepOptions(packing, false, Prediction.VELOCITY, 0, 1);
        try (TrainingGraph graph = SmallTraining.graph(schedule, BATCH, options)) {
            graph.initialize(1);
            // Away from the zeros of a fresh network, where nothing depends on anything.
            for (int step = 1; step <= 3; step++) {
                graph.step(step, batch(schedule, step, false), 1e-2, 0.9);
            }
            TrainingBatch before = batch(schedule, 9, false);
            TrainingBatch after = batch(schedule, 9, true);
            assertOnlyChangedRowDiffers(graph.predict(before), graph.predict(after));
            assertOnlyChangedRowDiffers(graph.losses(before), graph.losses(after));
            assertOnlyChangedRowDiffers(graph.positionGradients(before), graph.positionGradients(after));
        }
    }

    @Test
    void freshNetwork_predictsZero() {
        try (TrainingGraph graph = SmallTraining.graph(LevelSchedule.PPF_2, BATCH)) {
            graph.initialize(1);
            assertThat(graph.predict(batch(LevelSchedule.PPF_2, 0, false)).values())
                    .containsOnly(0f);
        }
    }

    @Test
    void initialWeights_dependOnSeedAndNameAlone() {
        try (TrainingGraph one = SmallTraining.graph(LevelSchedule.PPF_2, BATCH);
                TrainingGraph other = SmallTraining.graph(LevelSchedule.SIT, BATCH)) {
            one.initialize(1);
            other.initialize(1);
            String name = "blocks.1.mlp.fc1.weight";
            FloatArray first = one.session().fetch(one.model().get(name).value());
            assertThat(other.session().fetch(other.model().get(name).value())).isEqualTo(first);
            other.initialize(2);
            assertThat(other.session().fetch(other.model().get(name).value())).isNotEqualTo(first);
        }
    }

    @Test
    void levels_shareEveryBlockAndOwnTheirProjections() {
        try (TrainingGraph graph = SmallTraining.graph(LevelSchedule.PPF_3, BATCH)) {
            assertThat(graph.model().variables())
                    .extracting(variable -> variable.name())
                    .contains(
                            "x_embedder.proj.weight",
                            "x_embedder.proj1.weight",
                            "x_embedder.proj2.weight",
                            "final_layer.linear.bias",
                            "final_layer.linear1.bias",
                            "final_layer.linear2.bias",
                            "pos_embed.0",
                            "pos_embed.1",
                            "pos_embed.2",
                            "level_embedder.embedding_table.weight")
                    .filteredOn(variable -> variable.startsWith("blocks.0."))
                    .hasSize(10);
        }
    }

    /** Sharing all: SiT's own variables, but for the position tables. */
    @Test
    void stagesOfAPyramid_shareSiTsProjections() {
        try (TrainingGraph pyramid = SmallTraining.graph(LevelSchedule.PYRAMID, BATCH);
                TrainingGraph sit = SmallTraining.graph(LevelSchedule.SIT, BATCH)) {
            List<String> names = new ArrayList<>();
            sit.model().variables().forEach(variable -> names.add(variable.toString()));
            String positions = sit.model().get("pos_embed").toString();
            names.remove(positions);
            assertThat(pyramid.model().variables())
                    .filteredOn(variable -> !variable.name().startsWith("pos_embed.")
                            && !variable.name().startsWith("level_embedder"))
                    .extracting(Object::toString)
                    .containsExactlyElementsOf(names.stream()
                            .filter(name -> !name.contains("level_embedder"))
                            .toList());
            assertThat(pyramid.model().get("pos_embed.0").shape()).containsExactly(1, 4, 16);
            assertThat(pyramid.model().get("pos_embed.1").shape()).containsExactly(1, 16, 16);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ppf-2", "pyramid", "pyramid-renoised"})
    void training_lowersTheLossOfOneBatch(String name) {
        LevelSchedule schedule = LevelSchedule.preset(name);
        try (TrainingGraph graph = SmallTraining.graph(schedule, BATCH)) {
            graph.initialize(1);
            TrainingBatch batch = batch(schedule, 0, false);
            double first = mean(graph.step(1, batch, 1e-2, 0.9).losses());
            for (int step = 2; step <= 40; step++) {
                graph.step(step, batch, 1e-2, 0.9);
            }
            assertThat(mean(graph.losses(batch).values())).isLessThan(0.9 * first);
        }
    }

    @Test
    void clippedGradient_hasTheNormThatWasAskedFor() {
        double limit = 1e-3;
        StepOptions clipping = new StepOptions(Packing.LEVELS, false, Prediction.VELOCITY, limit, 1);
        try (TrainingGraph graph = SmallTraining.graph(LevelSchedule.PPF_2, BATCH, clipping)) {
            graph.initialize(1);
            TrainingBatch batch = batch(LevelSchedule.PPF_2, 0, false);
            double norm = norm(graph.gradients(batch));
            assertThat(norm).isGreaterThan(limit);
            StepValues values = graph.step(1, batch, 1e-4, 0.9);
            assertThat(values.gradientNorm()).isCloseTo(norm, within(1e-5 * norm));
            // The first moment is 0.1 times the gradient that the optimizer was given.
            List<FloatArray> moments = graph.session()
                    .read(graph.optimizer().moments().variables().stream()
                            .filter(variable -> variable.name().startsWith("exp_avg."))
                            .toList());
            assertThat(norm(moments)).isCloseTo(0.1 * limit, within(1e-4 * limit));
        }
    }

    private static double norm(List<FloatArray> arrays) {
        double squares = 0;
        for (FloatArray array : arrays) {
            for (float value : array.values()) {
                squares += (double) value * value;
            }
        }
        return Math.sqrt(squares);
    }

    private static void assertOnlyChangedRowDiffers(FloatArray before, FloatArray after) {
        int size = before.rowSize();
        for (int row = 0; row < before.rows(); row++) {
            float[] left = Arrays.copyOfRange(before.values(), row * size, (row + 1) * size);
            float[] right = Arrays.copyOfRange(after.values(), row * size, (row + 1) * size);
            if (row == CHANGED) {
                assertThat(right).isNotEqualTo(left);
            } else {
                assertThat(right).as("row " + row).isEqualTo(left);
            }
        }
    }

    private static TrainingBatch batch(LevelSchedule schedule, long step, boolean changed) {
        LatentBatch data = SmallTraining.latents(step, BATCH);
        if (changed) {
            float[] values = data.latents().values();
            for (int i = CHANGED * 256; i < (CHANGED + 1) * 256; i++) {
                values[i] = -3 * values[i] + 1;
            }
        }
        return SmallTraining.draw(schedule, BATCH).draw(step, data);
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
