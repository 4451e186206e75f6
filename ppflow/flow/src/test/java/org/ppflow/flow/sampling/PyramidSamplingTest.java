package org.ppflow.flow.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ppflow.flow.level.Flops;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.model.DitConfig;
import org.ppflow.flow.model.PositionAlignment;
import org.ppflow.flow.pyramid.GaussianPyramid;
import org.ppflow.flow.pyramid.PyramidPath;
import org.ppflow.flow.transport.DiffusionForm;
import org.ppflow.flow.transport.Transport;
import org.ppflow.nn.array.FloatArray;

class PyramidSamplingTest {
    private static final int SIDE = 4;
    private static final int VALUES = SIDE * SIDE;
    private static final DitConfig CONFIG =
            new DitConfig(1, SIDE, SIDE, 1, 8, 1, 4, 5, 0.1, false, false, PositionAlignment.TOP_LEFT);

    /** The best networks there are for Gaussian data. */
    private record ExactNetworks(LevelSchedule schedule, GaussianPyramid gaussian) implements LevelNetworks {
        ExactNetworks(LevelSchedule schedule) {
            this(schedule, new GaussianPyramid(new PyramidPath(schedule), SIDE));
        }

        @Override
        public FloatArray output(int level, FloatArray x, float[] times, int[] labels) {
            FloatArray output = FloatArray.zeros(x.shape());
            for (int row = 0; row < times.length; row++) {
                GaussianPyramid.Prediction best = gaussian.prediction(level, times[row]);
                for (int i = 0; i < VALUES; i++) {
                    double sum = best.offset().get(i, 0);
                    for (int j = 0; j < VALUES; j++) {
                        sum += best.gain().get(i, j) * x.values()[row * VALUES + j];
                    }
                    output.values()[row * VALUES + i] = (float) sum;
                }
            }
            return output;
        }

        @Override
        public Differentiated differentiate(
                int level, FloatArray x, float[] times, int[] labels, FloatArray cotangent) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int nullClass() {
            return 5;
        }
    }

    /**
     * Solver and field are affine, so a sample is c + A·z + B·z' with the noise z of the start and z' between the stages. Unit vectors show the matrices, and
     * AAᵀ + BBᵀ is the covariance of samples without any chance in it.
     */
    private static GaussianPyramid.Moments ends(LevelSchedule schedule, OdeSolver solver, int steps) {
        SamplingMethod method = method(schedule, solver, steps);
        int rows = 1 + 2 * VALUES;
        FloatArray start = FloatArray.zeros(rows, 1, SIDE, SIDE);
        for (int i = 0; i < VALUES; i++) {
            start.values()[(1 + i) * VALUES + i] = 1;
        }
        GuidedNetworks networks = new GuidedNetworks(new ExactNetworks(schedule), Guidance.uniform(1, 2));
        FloatArray end = method.run(
                new NetworkField(networks, Transport.DEFAULT, new int[rows]),
                start,
                (step, noise) -> {
                    for (int i = 0; i < VALUES; i++) {
                        noise.values()[(1 + VALUES + i) * VALUES + i] = 1;
                    }
                },
                StepListener.NONE);
        DMatrixRMaj mean = new DMatrixRMaj(VALUES, 1);
        DMatrixRMaj covariance = new DMatrixRMaj(VALUES, VALUES);
        for (int i = 0; i < VALUES; i++) {
            mean.set(i, 0, end.values()[i]);
            for (int j = 0; j < VALUES; j++) {
                double sum = 0;
                for (int row = 1; row < rows; row++) {
                    sum += ((double) end.values()[row * VALUES + i] - end.values()[i])
                            * ((double) end.values()[row * VALUES + j] - end.values()[j]);
                }
                covariance.set(i, j, sum);
            }
        }
        return new GaussianPyramid.Moments(mean, covariance);
    }

    @ParameterizedTest
    @CsvSource({"rk4, 40", "heun, 400", "dopri5, 1"})
    void renoisedPyramid_endsAtTheDatasDistribution(String name, int steps) {
        LevelSchedule schedule = LevelSchedule.PYRAMID_RENOISED;
        // Its steps differ from row to row, which is affine only as far as they are exact.
        OdeSolver solver = name.equals("dopri5") ? new Dopri5(new StepControl(1e-9, 1e-6, 0)) : OdeSolvers.named(name);
        GaussianPyramid.Moments ends = ends(schedule, solver, steps);
        GaussianPyramid.Moments data = new ExactNetworks(schedule).gaussian().data();
        for (int i = 0; i < VALUES; i++) {
            // What the solvers leave at these steps; variances are 1.5.
            assertThat(ends.mean().get(i, 0)).isCloseTo(data.mean().get(i, 0), within(1e-3));
            for (int j = 0; j < VALUES; j++) {
                assertThat(ends.covariance().get(i, j))
                        .isCloseTo(data.covariance().get(i, j), within(1e-3));
            }
        }
    }

    /** The reason for renoising: with the best of networks, what comes out is not the data. */
    @Test
    void pyramidWithoutNoiseBetweenStages_endsAtAnotherDistribution() {
        LevelSchedule schedule = LevelSchedule.PYRAMID;
        GaussianPyramid.Moments ends = ends(schedule, RungeKutta.RK4, 40);
        GaussianPyramid.Moments data = new ExactNetworks(schedule).gaussian().data();
        double most = 0;
        for (int i = 0; i < VALUES; i++) {
            assertThat(ends.mean().get(i, 0)).isCloseTo(data.mean().get(i, 0), within(1e-3));
            for (int j = 0; j < VALUES; j++) {
                most = Math.max(
                        most,
                        Math.abs(ends.covariance().get(i, j) - data.covariance().get(i, j)));
            }
        }
        assertThat(most).isGreaterThan(0.1);
    }

    @Test
    void samples_haveTheDatasMeanAndCovariance() {
        LevelSchedule schedule = LevelSchedule.PYRAMID_RENOISED;
        Sampler sampler = sampler(schedule, 50);
        ExactNetworks networks = new ExactNetworks(schedule);
        GaussianPyramid.Moments data = networks.gaussian().data();
        int count = 4000;
        double[] sums = new double[VALUES];
        double[][] products = new double[VALUES][VALUES];
        for (int batch = 0; batch < count / 50; batch++) {
            float[] values = sampler.sample(guided(sampler, networks), batch).values();
            for (int row = 0; row < 50; row++) {
                for (int i = 0; i < VALUES; i++) {
                    double own = values[row * VALUES + i] - data.mean().get(i, 0);
                    sums[i] += own;
                    for (int j = 0; j < VALUES; j++) {
                        products[i][j] +=
                                own * (values[row * VALUES + j] - data.mean().get(j, 0));
                    }
                }
            }
        }
        // Five standard errors of 16 means and 136 products: by chance once in 11 000 seeds; this seed is fixed.
        for (int i = 0; i < VALUES; i++) {
            double variance = data.covariance().get(i, i);
            assertThat(sums[i] / count).isCloseTo(0, within(5 * Math.sqrt(variance / count)));
            for (int j = 0; j < VALUES; j++) {
                double covariance = data.covariance().get(i, j);
                double error = Math.sqrt((variance * variance + covariance * covariance) / count);
                assertThat(products[i][j] / count).isCloseTo(covariance, within(5 * error));
            }
        }
    }

    @Test
    void sample_dependsOnSeedAndIndexAlone() {
        LevelSchedule schedule = LevelSchedule.PYRAMID_RENOISED;
        ExactNetworks networks = new ExactNetworks(schedule);
        Sampler threes = sampler(schedule, 3);
        Sampler fives = sampler(schedule, 5);
        FloatArray ten = fives.sample(guided(fives, networks), 1);
        // Samples 5 to 9 are in the second of the fives, and 6 to 8 in the third of the threes.
        assertThat(threes.sample(guided(threes, networks), 2)).isEqualTo(ten.slice(1, 4));
    }

    /** Each stage has half of the steps, its own network at both of its ends, and its own times. */
    @ParameterizedTest
    @ValueSource(strings = {"pyramid", "pyramid-renoised"})
    void stages_haveHalfOfTheStepsEachAtTheirOwnTimes(String name) {
        LevelSchedule schedule = LevelSchedule.preset(name);
        List<List<Float>> asked = List.of(new ArrayList<>(), new ArrayList<>());
        LevelNetworks recording = new LevelNetworks() {
            @Override
            public LevelSchedule schedule() {
                return schedule;
            }

            @Override
            public FloatArray output(int level, FloatArray x, float[] times, int[] labels) {
                asked.get(level).add(times[0]);
                return FloatArray.zeros(x.shape());
            }

            @Override
            public Differentiated differentiate(
                    int level, FloatArray x, float[] times, int[] labels, FloatArray cotangent) {
                throw new UnsupportedOperationException();
            }

            @Override
            public int nullClass() {
                return 5;
            }
        };
        SamplingPlan plan = new SamplingPlan(method(schedule, RungeKutta.HEUN, 4), Guidance.uniform(1, 2));
        Sampler sampler = new Sampler(1, CONFIG, plan, new SampleClasses.Balanced(5), 2);
        sampler.sample(guided(sampler, recording), 0);
        assertThat(asked.get(0)).containsExactly(0f, 0.25f, 0.25f, 0.5f);
        if (name.equals("pyramid")) {
            assertThat(asked.get(1)).containsExactly(0.5f, 0.75f, 0.75f, 1f);
        } else {
            assertThat(asked.get(1)).containsExactly(1 / 3f, 2 / 3f, 2 / 3f, 1f);
        }
    }

    @Test
    void ledger_countsBothStagesAndCostsWhatPpf2Does() {
        Flops flops = new Flops(12, 768, 32, 32, 4, 4, 8);
        SamplingLedger ledger = ledger(flops, LevelSchedule.PYRAMID_RENOISED, 250);
        assertThat(ledger.nfe()).isEqualTo(500);
        assertThat(ledger.counts().evaluations()).containsExactly(250.0, 250.0);
        assertThat(100 * ledger.blocksShare()).isCloseTo(62.0, within(0.05));
        assertThat(ledger.blocksOfPasses())
                .isEqualTo(ledger(flops, LevelSchedule.PYRAMID, 250).blocksOfPasses());
    }

    @Test
    void guidance_ofEachStageIsItsOwn() {
        LevelSchedule schedule = LevelSchedule.PYRAMID;
        SamplingPlan plan = new SamplingPlan(
                method(schedule, RungeKutta.EULER, 2), new Guidance(List.of(1.0, 3.0), Guidance.ALL_CHANNELS));
        SamplingLedger ledger = SamplingLedger.count(
                new SamplingCost(new Flops(1, 8, 4, 4, 4, 1, 1), schedule), plan, Optional.empty());
        assertThat(ledger.counts().guided()).containsExactly(0.0, 1.0);
        RecordingNetworks answers = new RecordingNetworks(schedule);
        Sampler sampler = new Sampler(1, CONFIG, plan, new SampleClasses.Listed(2), 1);
        FloatArray end = sampler.sample(guided(sampler, answers), 0);
        // dx/dτ is 2 in the first stage and 5 + 3·(2 − 5) = −4 in the second.
        float start = new PyramidPath(schedule).start(sampler.noise(0, 1)).values()[0];
        assertThat(end.values()[0]).isCloseTo(start + 2 - 4, within(1e-5f));
        assertThat(answers.rows).containsExactly(1, 2);
    }

    @Test
    void whatAPyramidDoesNotHave_isRefused() {
        SamplingTimes times = new SamplingTimes(10);
        assertThatThrownBy(() -> times.ode(RungeKutta.HEUN, LevelSchedule.PYRAMID, Transport.DEFAULT, true))
                .hasMessageContaining("from noise to data only");
        SdeSolver sde = new SdeSolver(SdeSolver.Method.EULER, DiffusionForm.SIGMA, 1, LastStep.MEAN, 0.04);
        assertThatThrownBy(() -> times.sde(sde, LevelSchedule.PYRAMID, Transport.DEFAULT))
                .hasMessageContaining("sampled with the ODE");
    }

    private static SamplingLedger ledger(Flops flops, LevelSchedule schedule, int steps) {
        SamplingPlan plan = new SamplingPlan(method(schedule, RungeKutta.HEUN, steps), Guidance.uniform(1, 2));
        return SamplingLedger.count(new SamplingCost(flops, schedule), plan, Optional.empty());
    }

    private static SamplingMethod method(LevelSchedule schedule, OdeSolver solver, int steps) {
        return new SamplingTimes(steps).ode(solver, schedule, Transport.DEFAULT, false);
    }

    private static Sampler sampler(LevelSchedule schedule, int batch) {
        SamplingPlan plan = new SamplingPlan(method(schedule, RungeKutta.RK4, 20), Guidance.uniform(1, 2));
        return new Sampler(11, CONFIG, plan, new SampleClasses.Balanced(5), batch);
    }

    private static GuidedNetworks guided(Sampler sampler, LevelNetworks networks) {
        return sampler.plan().guided(networks, Optional.empty(), EvaluationListener.NONE, EvaluationListener.NONE);
    }
}
