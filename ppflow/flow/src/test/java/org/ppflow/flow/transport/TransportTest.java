package org.ppflow.flow.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransportTest {
    private static final double[] TIMES = {1e-3, 0.1, 0.5, 0.9, 0.999};

    @ParameterizedTest
    @EnumSource(ProbabilityPath.class)
    void derivatives_areThoseOfTheCoefficients(ProbabilityPath path) {
        double h = 1e-6;
        for (double t : new double[] {0.1, 0.5, 0.9}) {
            PathPoint before = path.at(t - h);
            PathPoint after = path.at(t + h);
            PathPoint point = path.at(t);
            assertThat(point.dAlpha()).isCloseTo((after.alpha() - before.alpha()) / (2 * h), within(1e-6));
            assertThat(point.dSigma()).isCloseTo((after.sigma() - before.sigma()) / (2 * h), within(1e-6));
            assertThat(point.alphaRatio()).isCloseTo(point.dAlpha() / point.alpha(), within(1e-9));
            assertThat(point.scoreFactor())
                    .isCloseTo(
                            point.alphaRatio() * point.sigma() * point.sigma() - point.sigma() * point.dSigma(),
                            within(1e-9));
        }
    }

    @ParameterizedTest
    @EnumSource(ProbabilityPath.class)
    void velocityScoreAndNoise_goRoundWithoutLoss(ProbabilityPath path) {
        double x = 0.3;
        double velocity = -1.7;
        for (double t : TIMES) {
            PathPoint point = path.at(t);
            double score = Prediction.VELOCITY.toScore(point).apply(x, velocity);
            double noise = Prediction.VELOCITY.toNoise(point).apply(x, velocity);
            assertThat(noise).isCloseTo(-point.sigma() * score, within(1e-9 * (1 + Math.abs(noise))));
            assertThat(Prediction.SCORE.toVelocity(point).apply(x, score)).isCloseTo(velocity, within(1e-9));
            assertThat(Prediction.NOISE.toVelocity(point).apply(x, noise)).isCloseTo(velocity, within(1e-9));
            assertThat(Prediction.SCORE.toNoise(point).apply(x, score)).isCloseTo(noise, within(1e-9));
            assertThat(Prediction.NOISE.toScore(point).apply(x, noise))
                    .isCloseTo(score, within(1e-9 * (1 + Math.abs(score))));
        }
    }

    @ParameterizedTest
    @EnumSource(Prediction.class)
    void aPerfectPrediction_hasNoLoss(Prediction prediction) {
        for (ProbabilityPath path : ProbabilityPath.values()) {
            float[] data = {0.5f, -2};
            float[] noise = {1.5f, 0.25f};
            float[] position = new float[2];
            float[] target = new float[2];
            PathPoint point = path.at(0.4);
            TrainingTarget loss = new Transport(path, prediction)
                    .write(data, noise, 0.4, position, target, 0, 2, LossWeight.VELOCITY);
            for (int i = 0; i < 2; i++) {
                double perfect = switch (prediction) {
                    case VELOCITY -> point.dAlpha() * data[i] + point.dSigma() * noise[i];
                    case NOISE -> noise[i];
                    case SCORE -> -noise[i] / point.sigma();
                };
                assertThat(loss.scale() * perfect).isCloseTo(target[i], within(1e-6));
                assertThat(position[i]).isEqualTo((float) (point.alpha() * data[i] + point.sigma() * noise[i]));
            }
        }
    }

    @Test
    void everyEvaluationOfTheDefaults_isFinite() {
        for (ProbabilityPath path : ProbabilityPath.values()) {
            for (Prediction prediction : Prediction.values()) {
                Transport transport = new Transport(path, prediction);
                TimeInterval ode = TimeInterval.ode(transport, TimeInterval.odeEps(transport));
                assertThat(prediction.toVelocity(path.at(ode.from())).isFinite())
                        .isTrue();
                assertThat(prediction.toVelocity(path.at(ode.to())).isFinite()).isTrue();
                for (DiffusionForm form : DiffusionForm.values()) {
                    TimeInterval sde = TimeInterval.sde(transport, form, 0, TimeInterval.sdeEps(transport, form, true));
                    for (double t : new double[] {sde.from(), sde.to()}) {
                        assertThat(form.at(path.at(t), 1)).as(form + " at " + t).isFinite();
                        assertThat(prediction.toScore(path.at(t)).isFinite())
                                .as(transport + " at " + t)
                                .isTrue();
                    }
                }
            }
        }
    }

    @Test
    void intervals_stayInside() {
        assertThatThrownBy(() -> new TimeInterval(0, 1.5)).hasMessageContaining("1.5");
        assertThatThrownBy(() -> TimeInterval.ode(Transport.DEFAULT, 0.7)).hasMessageContaining("eps: 0.7");
        assertThatThrownBy(() -> TimeInterval.sde(Transport.DEFAULT, DiffusionForm.SIGMA, 1, 0))
                .hasMessageContaining("last step: 1");
    }
}
