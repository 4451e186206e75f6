package org.ppflow.flow.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ppflow.flow.level.Boundary;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.model.DitConfig;
import org.ppflow.flow.model.PositionAlignment;
import org.ppflow.flow.transport.Prediction;
import org.ppflow.flow.transport.ProbabilityPath;
import org.ppflow.flow.transport.Transport;
import org.ppflow.nn.array.FloatArray;

class DenoisingTraceTest {
    private static final DitConfig CONFIG =
            new DitConfig(1, 4, 4, 1, 8, 1, 4, 5, 0.1, false, false, PositionAlignment.TOP_LEFT);
    private static final int[] LABELS = {1, 3};

    @Test
    void theWay_endsWhereTheSamplerDoes_andStartsFromItsNoise() {
        Sampler sampler = sampler(LevelSchedule.PPF_2, Transport.DEFAULT, "heun", 6, 1);
        GaussianFlow networks = new GaussianFlow(ProbabilityPath.LINEAR, 0.5, 0.7);

        List<DenoisingTrace.Point> points = trace(sampler, networks, 100).points();

        FloatArray drawn = sampler.run(
                sampler.plan().guided(networks, Optional.empty(), EvaluationListener.NONE, EvaluationListener.NONE),
                0,
                sampler.noise(0, 2),
                LABELS);
        assertThat(points).hasSize(7);
        assertThat(points.get(0).state().values()).isEqualTo(sampler.noise(0, 2).values());
        assertThat(points.get(6).state().values()).isEqualTo(drawn.values());
        assertThat(points.get(6).data().values()).isEqualTo(drawn.values());
    }

    @Test
    void eachPoint_hasTheLevelOfItsTime_andWhatTheWayToTheNextCosts() {
        Sampler sampler = sampler(LevelSchedule.PPF_2, Transport.DEFAULT, "heun", 4, 2);

        List<DenoisingTrace.Point> points =
                trace(sampler, new RecordingNetworks(LevelSchedule.PPF_2), 100).points();

        assertThat(points).extracting(DenoisingTrace.Point::t).containsExactly(0.0, 0.25, 0.5, 0.75, 1.0);
        assertThat(points).extracting(DenoisingTrace.Point::level).containsExactly(0, 0, 1, 1, 1);
        // Heun looks at both ends of a step: the second look of the step up to 0.5 is the next level's.
        assertThat(points)
                .extracting(point -> point.onwards().evaluations())
                .containsExactly(
                        List.of(2.0, 0.0), List.of(1.0, 1.0), List.of(0.0, 2.0), List.of(0.0, 2.0), List.of(0.0, 0.0));
        assertThat(points.get(0).onwards().passes()).containsExactly(4.0, 0.0);
    }

    @Test
    void thinnedWay_keepsBothEnds_andCountsAllStepsBetween() {
        Sampler sampler = sampler(LevelSchedule.PPF_2, Transport.DEFAULT, "euler", 10, 1);

        List<DenoisingTrace.Point> points =
                trace(sampler, new RecordingNetworks(LevelSchedule.PPF_2), 3).points();

        assertThat(points).extracting(DenoisingTrace.Point::t).containsExactly(0.0, 0.5, 1.0);
        assertThat(points).extracting(point -> point.onwards().nfe()).containsExactly(5.0, 5.0, 0.0);
    }

    /** Data that is one picture alone: from any state the exact velocity leads to it. */
    @ParameterizedTest
    @EnumSource(ProbabilityPath.class)
    void predictedData_isTheData_whereItIsKnown(ProbabilityPath path) {
        double picture = 0.8;
        GaussianFlow networks = new GaussianFlow(path, picture, 1e-3);
        Sampler sampler = sampler(LevelSchedule.PPF_2, new Transport(path, Prediction.VELOCITY), "heun", 40, 1);

        List<DenoisingTrace.Point> points = trace(sampler, networks, 9).points();

        for (DenoisingTrace.Point point : points.subList(1, points.size() - 1)) {
            for (float value : point.data().values()) {
                assertThat(value).as("t = %s", point.t()).isCloseTo((float) picture, within(0.02f));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pyramid", "pyramid-renoised"})
    void aPyramid_hasOnePointWhereItsStagesMeet(String name) {
        LevelSchedule schedule = LevelSchedule.presets().get(name);
        Sampler sampler = sampler(schedule, Transport.DEFAULT, "euler", 4, 1);

        List<DenoisingTrace.Point> points =
                trace(sampler, new RecordingNetworks(schedule), 100).points();

        assertThat(points).extracting(DenoisingTrace.Point::t).containsExactly(0.0, 0.25, 0.5, 0.75, 1.0);
        assertThat(points).extracting(DenoisingTrace.Point::level).containsExactly(0, 0, 1, 1, 1);
        assertThat(points).extracting(point -> point.onwards().nfe()).containsExactly(1.0, 1.0, 1.0, 1.0, 0.0);
    }

    @Test
    void onePoint_isNoWay() {
        Sampler sampler = sampler(LevelSchedule.PPF_2, Transport.DEFAULT, "euler", 2, 1);
        assertThatThrownBy(() -> trace(sampler, new RecordingNetworks(LevelSchedule.PPF_2), 1))
                .hasMessageContaining("most: 1 must be at least 2");
    }

    private static DenoisingTrace trace(Sampler sampler, LevelNetworks networks, int most) {
        return DenoisingTrace.of(sampler, networks, 0, sampler.noise(0, 2), LABELS, most);
    }

    private static Sampler sampler(
            LevelSchedule schedule, Transport transport, String solver, int steps, double guidance) {
        SamplingMethod method = new SamplingTimes(steps).ode(OdeSolvers.named(solver), schedule, transport, false);
        return new Sampler(
                0,
                CONFIG,
                new SamplingPlan(method, transport, Guidance.uniform(guidance, schedule.count()), Boundary.HALF_OPEN),
                new SampleClasses.Balanced(5),
                16);
    }
}
