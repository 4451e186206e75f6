package org.ppflow.flow.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ppflow.flow.transport.ProbabilityPath;
import org.ppflow.flow.transport.TimeInterval;
import org.ppflow.flow.transport.Transport;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;

class LikelihoodTest {
    private static final GaussianFlow FLOW = new GaussianFlow(ProbabilityPath.LINEAR, 0.7, 0.5);
    private static final int ROWS = 3;
    private static final int VALUES = 4 * 8 * 8;

    @ParameterizedTest
    @ValueSource(strings = {"dopri5", "dopri5-torchdiffeq", "rk4"})
    void likelihoodOfAGaussian_isTheExactOne(String solver) {
        FloatArray data = data();
        Likelihood.Estimate estimate = estimate(solver, data, Likelihood.Probe.RADEMACHER, 0);
        for (int row = 0; row < ROWS; row++) {
            assertThat(estimate.bitsPerDimension(row)).isCloseTo(truth(data, row), within(1e-3));
        }
    }

    @ParameterizedTest
    @EnumSource(Likelihood.Probe.class)
    void estimate_hasNoBias(Likelihood.Probe probe) {
        FloatArray data = data();
        int probes = 60;
        double sum = 0;
        double squares = 0;
        for (int number = 0; number < probes; number++) {
            double bits = estimate("rk4", data, probe, number).bitsPerDimension(1);
            sum += bits / probes;
            squares += bits * bits / probes;
        }
        double error = Math.sqrt(Math.max(0, squares - sum * sum) / probes);
        assertThat(sum).isCloseTo(truth(data, 1), within(4 * error + 1e-4));
    }

    @Test
    void probe_isAFunctionOfSeedIndexAndNumber() {
        FloatArray one = FloatArray.zeros(2, 50);
        Likelihood.Probe.RADEMACHER.fill(3, 7, 1, one, 0);
        Likelihood.Probe.RADEMACHER.fill(3, 7, 1, one, 1);
        assertThat(one.slice(0, 1)).isEqualTo(one.slice(1, 2));
        assertThat(one.values()).containsOnly(-1, 1);
    }

    private static FloatArray data() {
        FloatArray data = FloatArray.zeros(ROWS, 4, 8, 8);
        RandomStream.of(1, Purpose.TEST, 0).fillGaussian(data.values(), 0, data.values().length);
        for (int i = 0; i < data.values().length; i++) {
            data.values()[i] = (float) (FLOW.mean() + FLOW.spread() * data.values()[i]);
        }
        return data;
    }

    private static Likelihood.Estimate estimate(String solver, FloatArray data, Likelihood.Probe kind, int number) {
        FloatArray probe = FloatArray.zeros(data.shape());
        for (int row = 0; row < ROWS; row++) {
            kind.fill(9, row, number, probe, row);
        }
        NetworkField field =
                new NetworkField(new GuidedNetworks(FLOW, Guidance.uniform(1, 2)), Transport.DEFAULT, new int[ROWS]);
        TimeGrid grid = TimeGrid.of(TimeInterval.WHOLE.reversed(), 40, 1, List.of(0.5));
        return new Likelihood(OdeSolvers.named(solver), grid).of(field, data, probe);
    }

    /** −log2 N(x; mean, spread²) a value. */
    private static double truth(FloatArray data, int row) {
        double nats = VALUES * (Math.log(2 * Math.PI) / 2 + Math.log(FLOW.spread()));
        for (int i = row * VALUES; i < (row + 1) * VALUES; i++) {
            double z = (data.values()[i] - FLOW.mean()) / FLOW.spread();
            nats += z * z / 2;
        }
        return nats / (VALUES * Math.log(2));
    }
}
