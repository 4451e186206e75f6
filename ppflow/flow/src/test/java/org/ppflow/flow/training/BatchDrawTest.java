package org.ppflow.flow.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.ppflow.flow.level.BatchPlan;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.pyramid.PyramidPath;
import org.ppflow.flow.transport.LossWeight;
import org.ppflow.flow.transport.Prediction;
import org.ppflow.flow.transport.ProbabilityPath;
import org.ppflow.flow.transport.Transport;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;

class BatchDrawTest {
    private static final int BATCH = 16;

    @Test
    void times_lieInTheirLevelAndEachInItsStratum() {
        BatchDraw draw = SmallTraining.draw(LevelSchedule.PPF_3, BATCH);
        BatchPlan plan = draw.plan();
        for (long step = 0; step < 200; step++) {
            for (int row = 0; row < BATCH; row++) {
                double t = draw.time(step, row);
                int level = plan.levelOf(row);
                assertThat(draw.schedule().levelAt(t)).isEqualTo(level);
                double stratum = draw.schedule().level(level).length() / plan.count(level);
                double start = draw.schedule().level(level).start() + stratum * (row - plan.offset(level));
                assertThat(t).isBetween(start, start + stratum);
            }
        }
    }

    /** Half of the rows each, whose times overlap where noise is added between the stages. */
    @Test
    void timesOfAPyramid_coverEachStageEvenly() {
        BatchDraw draw = SmallTraining.draw(LevelSchedule.PYRAMID_RENOISED, BATCH);
        assertThat(draw.plan().counts()).containsExactly(8, 8);
        for (long step = 0; step < 200; step++) {
            for (int row = 0; row < BATCH; row++) {
                double length = row < 8 ? 1.0 / 2 : 2.0 / 3;
                double start = (row < 8 ? 0 : 1.0 / 3) + length * (row % 8) / 8;
                assertThat(draw.time(step, row)).isBetween(start - 1e-12, start + length / 8 + 1e-12);
            }
        }
    }

    /** One stage after the other: what the network is shown of the coarse one is the same all over each square. */
    @Test
    void rowsOfAPyramid_areOnThePathOfTheirStage() {
        BatchDraw draw = SmallTraining.draw(LevelSchedule.PYRAMID_RENOISED, BATCH);
        LatentBatch data = SmallTraining.latents(0, BATCH);
        TrainingBatch batch = draw.draw(0, data);
        PyramidPath path = new PyramidPath(LevelSchedule.PYRAMID_RENOISED);
        int size = data.latents().rowSize();
        float[] noise = new float[BATCH * size];
        float[] position = new float[noise.length];
        float[] target = new float[noise.length];
        for (int row = 0; row < BATCH; row++) {
            RandomStream.of(7, Purpose.TRAINING_NOISE, row, 0).fillGaussian(noise, row * size, (row + 1) * size);
            double t = draw.time(0, row);
            assertThat(batch.times().values()[row]).isEqualTo((float) t);
            path.write(
                    row < 8 ? 0 : 1,
                    t,
                    data.latents().values(),
                    noise,
                    position,
                    target,
                    row * size,
                    data.latents().shape());
        }
        assertThat(batch.position().values()).isEqualTo(position);
        assertThat(batch.target().values()).isEqualTo(target);
        assertThat(position[0]).isEqualTo(position[1]).isEqualTo(position[8]).isNotEqualTo(position[2]);
        assertThat(batch.weights().values()).containsOnly(1f);
    }

    @Test
    void draw_isAFunctionOfSeedAndStep() {
        BatchDraw draw = SmallTraining.draw(LevelSchedule.PPF_2, BATCH);
        LatentBatch data = SmallTraining.latents(0, BATCH);
        TrainingBatch first = draw.draw(5, data);
        draw.draw(6, data);
        assertThat(draw.draw(5, data).position()).isEqualTo(first.position());
        assertThat(draw.draw(6, data).position()).isNotEqualTo(first.position());
    }

    @Test
    void position_isOnTheLineToTheDataAndItsVelocityIsTheTarget() {
        BatchDraw draw = SmallTraining.draw(LevelSchedule.PPF_2, BATCH);
        LatentBatch data = SmallTraining.latents(0, BATCH);
        TrainingBatch batch = draw.draw(0, data);
        int size = data.latents().rowSize();
        for (int row = 0; row < BATCH; row++) {
            double t = batch.times().values()[row];
            for (int i = row * size; i < (row + 1) * size; i++) {
                double end =
                        batch.position().values()[i] + (1 - t) * batch.target().values()[i];
                assertThat(end).isCloseTo(data.latents().values()[i], within(1e-5));
            }
        }
    }

    @Test
    void labelDropout_dropsTheShareThatWasAskedFor() {
        BatchDraw draw = SmallTraining.draw(LevelSchedule.PPF_2, BATCH);
        LatentBatch data = SmallTraining.latents(0, BATCH);
        int steps = 500;
        long dropped = 0;
        for (int step = 0; step < steps; step++) {
            dropped += Arrays.stream(draw.draw(step, data).labels())
                    .filter(label -> label == SmallTraining.CONFIG.nullClass())
                    .count();
        }
        // Four standard errors of a share of 0.1 among 8 000.
        assertThat((double) dropped / (steps * BATCH)).isCloseTo(0.1, within(0.0134));
    }

    @Test
    void learningRate_risesStaysAndFallsToNearlyZero() {
        LearningRate cosine = LearningRate.of(1, 0, 1, LearningRate.Decay.COSINE, 100);
        assertThat(cosine.at(1)).isEqualTo(1);
        assertThat(cosine.at(51)).isCloseTo(0.5, within(1e-12));
        assertThat(cosine.at(100)).isBetween(0.0, 0.001);
        LearningRate rate = LearningRate.of(1, 10, 0.3, LearningRate.Decay.LINEAR, 100);
        assertThat(rate.at(1)).isEqualTo(0.1);
        assertThat(rate.at(10)).isEqualTo(1);
        assertThat(rate.at(70)).isEqualTo(1);
        assertThat(rate.at(86)).isCloseTo(0.5, within(1e-12));
        assertThat(rate.at(100)).isCloseTo(1 / 30.0, within(1e-12));
    }

    @Test
    void times_keepToTheIntervalOfThePath() {
        Transport noise = new Transport(ProbabilityPath.LINEAR, Prediction.NOISE);
        BatchDraw draw = new BatchDraw(
                7, LevelSchedule.PPF_2, BatchPlan.split(LevelSchedule.PPF_2, 4), 0.1, 10, noise, LossWeight.VELOCITY);
        for (long step = 0; step < 2000; step++) {
            for (int row = 0; row < 4; row++) {
                double t = draw.time(step, row);
                assertThat(t).isBetween(1e-3, 0.999);
                assertThat(t < 0.5).isEqualTo(row < 2);
            }
        }
    }
}
