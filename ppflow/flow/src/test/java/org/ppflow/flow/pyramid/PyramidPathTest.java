package org.ppflow.flow.pyramid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.level.Representation;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;

class PyramidPathTest {
    private static final int SIDE = 8;
    /** x and its parts are float32. */
    private static final double ROUNDING = 2e-6;

    private static final LevelSchedule THREE = new LevelSchedule(
            "three", LevelSchedule.parse("8x8:0.3,4x4:0.6,2x2").levels(), Representation.PYRAMID_RENOISED);

    @Test
    void jumpAtOneHalf_isThePapers() {
        Jump jump = Jump.renoised(0.5);
        assertThat(jump.alpha()).isCloseTo(2.0 / 3, within(1e-15));
        assertThat(jump.beta()).isCloseTo(1 / Math.sqrt(3), within(1e-15));
    }

    @Test
    void stages_areThePapers() {
        PyramidPath renoised = new PyramidPath(LevelSchedule.PYRAMID_RENOISED);
        assertThat(renoised.stage(0)).isEqualTo(new Stage(2, 0, 0.5));
        assertThat(renoised.stage(1).start()).isCloseTo(1.0 / 3, within(1e-15));
        assertThat(renoised.stage(1).end()).isEqualTo(1);
        PyramidPath plain = new PyramidPath(LevelSchedule.PYRAMID);
        assertThat(plain.stage(1)).isEqualTo(new Stage(1, 0.5, 1));
        assertThatThrownBy(() -> new PyramidPath(LevelSchedule.PPF_2)).hasMessageContaining("ppf-2 is no pyramid");
    }

    /** α²(1−t)²·11ᵀ + β²((1+γ)I − γ·11ᵀ) = (1−αt)²·I for the four values of a block. */
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.25, 0.5, 0.9})
    void jump_makesTheNoiseOfABlockIndependentAgain(double t) {
        Jump jump = Jump.renoised(t);
        double before = Math.pow(jump.alpha() * (1 - t), 2);
        double added = Math.pow(jump.beta(), 2);
        double variance = before + added * (1 + Jump.GAMMA - Jump.GAMMA);
        double covariance = before - added * Jump.GAMMA;
        assertThat(variance).isCloseTo(Math.pow(1 - jump.alpha() * t, 2), within(1e-15));
        assertThat(covariance).isCloseTo(0, within(1e-15));
    }

    @Test
    void blockNoise_hasTheCovarianceOfTheClosedForm() {
        PyramidPath path = new PyramidPath(LevelSchedule.PYRAMID_RENOISED);
        double beta = path.jump(1).beta();
        int draws = 40_000;
        double[][] sums = new double[4][4];
        for (int draw = 0; draw < draws; draw++) {
            FloatArray normals = FloatArray.zeros(1, 1, 2, 2);
            RandomStream.of(5, Purpose.TEST, draw).fillGaussian(normals.values(), 0, 4);
            float[] noise = path.jump(1, FloatArray.zeros(1, 1, 2, 2), normals).values();
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < 4; j++) {
                    sums[i][j] += noise[i] * noise[j] / (beta * beta);
                }
            }
        }
        // Five standard errors: a product of unit normals of correlation ρ has variance 1 + ρ². Ten numbers, so a sound
        // jump fails by chance once in 170 000 seeds; this seed is fixed.
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                double expected = i == j ? 1 : -Jump.GAMMA;
                double error = Math.sqrt((1 + expected * expected) / draws);
                assertThat(sums[i][j] / draws).isCloseTo(expected, within(5 * error));
            }
        }
    }

    /** The heart of it: what sampling arrives with is what training starts from, for data of any mean and covariance. */
    @Test
    void renoisedJump_arrivesWhereTheNextStageStarts() {
        for (LevelSchedule schedule : List.of(LevelSchedule.PYRAMID_RENOISED, THREE)) {
            PyramidPath path = new PyramidPath(schedule);
            GaussianPyramid gaussian = new GaussianPyramid(path, SIDE);
            for (int level = 1; level < schedule.count(); level++) {
                GaussianPyramid.Moments arrived = gaussian.jumped(
                        level, gaussian.at(level - 1, path.stage(level - 1).end()));
                GaussianPyramid.Moments trained =
                        gaussian.at(level, path.stage(level).start());
                assertThat(distance(arrived.mean(), trained.mean())).isLessThan(ROUNDING);
                assertThat(distance(arrived.covariance(), trained.covariance())).isLessThan(ROUNDING);
            }
        }
    }

    /** The mean is right; the noise of a block's values, (1−t)² = 1/4, is one and the same where training had it independent. */
    @Test
    void plainJump_arrivesWithTheNoiseOfBlocks() {
        PyramidPath path = new PyramidPath(LevelSchedule.PYRAMID);
        GaussianPyramid gaussian = new GaussianPyramid(path, SIDE);
        GaussianPyramid.Moments arrived = gaussian.jumped(1, gaussian.at(0, 0.5));
        GaussianPyramid.Moments trained = gaussian.at(1, 0.5);
        assertThat(distance(arrived.mean(), trained.mean())).isLessThan(ROUNDING);
        for (int i = 0; i < SIDE * SIDE; i++) {
            for (int j = 0; j < SIDE * SIDE; j++) {
                boolean sameBlock = i / SIDE / 2 == j / SIDE / 2 && i % SIDE / 2 == j % SIDE / 2;
                double difference =
                        arrived.covariance().get(i, j) - trained.covariance().get(i, j);
                assertThat(difference).isCloseTo(i != j && sameBlock ? 0.25 : 0, within(ROUNDING));
            }
        }
    }

    /** The target is dx/dτ; over the stage's length it is dx/dt. */
    @ParameterizedTest
    @EnumSource(
            value = Representation.class,
            names = {"PYRAMID", "PYRAMID_RENOISED"})
    void target_overTheLengthOfItsStageIsTheSlopeInT(Representation representation) {
        PyramidPath path = new PyramidPath(new LevelSchedule("x", LevelSchedule.PPF_2.levels(), representation));
        for (int level = 0; level < 2; level++) {
            Stage stage = path.stage(level);
            Row early = new Row(path, level, stage.start());
            Row late = new Row(path, level, stage.end());
            for (int i = 0; i < early.position.length; i++) {
                double slope = (late.position[i] - early.position[i]) / (stage.end() - stage.start());
                assertThat(early.target[i] / stage.length()).isCloseTo(slope, within(1e-5));
            }
            assertThat(late.target).isEqualTo(early.target);
        }
    }

    /** Without renoising the last stage is the line from noise to data, and what was averaged away besides. */
    @Test
    void lastStage_endsAtTheDataAndTheFirstStartsAtNoiseOfVarianceOne() {
        for (LevelSchedule schedule : List.of(LevelSchedule.PYRAMID, LevelSchedule.PYRAMID_RENOISED, THREE)) {
            PyramidPath path = new PyramidPath(schedule);
            Row end = new Row(path, schedule.count() - 1, 1);
            assertThat(end.position).isEqualTo(end.data);
            assertThat(new Row(path, 0, 0).position)
                    .isEqualTo(path.start(new FloatArray(new int[] {1, 1, SIDE, SIDE}, end.noise))
                            .values());
            DMatrixRMaj noise = new GaussianPyramid(path, SIDE).at(0, 0).covariance();
            int square = schedule.reduction(0);
            for (int i = 0; i < SIDE * SIDE; i++) {
                for (int j = 0; j < SIDE * SIDE; j++) {
                    boolean same = i / SIDE / square == j / SIDE / square && i % SIDE / square == j % SIDE / square;
                    assertThat(noise.get(i, j)).isCloseTo(same ? 1 : 0, within(ROUNDING));
                }
            }
        }
    }

    /** The t that the network is fed: 1 − t is the deviation of the noise of x at every time of every stage. */
    @Test
    void noise_hasTheDeviationOneMinusT() {
        PyramidPath path = new PyramidPath(LevelSchedule.PYRAMID_RENOISED);
        for (int level = 0; level < 2; level++) {
            for (double local : new double[] {0, 0.2, 0.7, 1}) {
                double t = path.stage(level).time(local);
                float[] position = new float[SIDE * SIDE];
                float[] noise = new float[SIDE * SIDE];
                java.util.Arrays.fill(noise, 1);
                path.write(
                        level,
                        t,
                        new float[position.length],
                        noise,
                        position,
                        new float[position.length],
                        0,
                        1,
                        1,
                        SIDE,
                        SIDE);
                for (float value : position) {
                    // The mean of a square of ones times its side.
                    assertThat(value).isCloseTo((float) ((1 - t) * (level == 0 ? 2 : 1)), within(1e-6f));
                }
            }
        }
    }

    /** One row of made-up data and noise. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Row(float[] data, float[] noise, float[] position, float[] target) {
        Row(PyramidPath path, int level, double t) {
            this(new float[SIDE * SIDE], new float[SIDE * SIDE], new float[SIDE * SIDE], new float[SIDE * SIDE]);
            RandomStream.of(1, Purpose.TEST, 0).fillGaussian(data, 0, data.length);
            RandomStream.of(1, Purpose.TEST, 1).fillGaussian(noise, 0, noise.length);
            path.write(level, t, data, noise, position, target, 0, 1, 1, SIDE, SIDE);
        }
    }

    private static double distance(DMatrixRMaj one, DMatrixRMaj other) {
        double most = 0;
        for (int i = 0; i < one.getNumElements(); i++) {
            most = Math.max(most, Math.abs(one.get(i) - other.get(i)));
        }
        return most;
    }
}
