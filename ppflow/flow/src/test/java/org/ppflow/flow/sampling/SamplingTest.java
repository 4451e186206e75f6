package org.ppflow.flow.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ppflow.flow.level.Boundary;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.model.DitConfig;
import org.ppflow.flow.model.PositionAlignment;
import org.ppflow.flow.transport.Transport;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;

class SamplingTest {
    private static final DitConfig CONFIG =
            new DitConfig(2, 4, 4, 1, 8, 1, 4, 5, 0.1, false, true, PositionAlignment.TOP_LEFT);

    @Test
    void evaluations_goThroughTheLevelOfTheirOwnTime() {
        RecordingNetworks networks = new RecordingNetworks(LevelSchedule.PPF_2);
        sample(networks, RungeKutta.HEUN, 20, 2.0, 0);
        // The second stage of the step to 0.5 is already at level 1.
        assertThat(networks.levels.stream().filter(level -> level == 0)).hasSize(19);
        assertThat(networks.levels.stream().filter(level -> level == 1)).hasSize(21);
    }

    @Test
    void authorsBoundary_leavesTheEndOfALevelToIt() {
        RecordingNetworks networks = new RecordingNetworks(LevelSchedule.PPF_2);
        SamplingPlan plan = new SamplingPlan(
                new SamplingMethod.Ode(RungeKutta.HEUN, TimeGrid.even(20)),
                Transport.DEFAULT,
                Guidance.uniform(1, 2),
                Boundary.AUTHORS);
        sampler(plan).sample(guided(plan, networks), 0);
        // The stage that ends the step to 0.5 and the one that begins the next: both still at level 0.
        assertThat(networks.levels.stream().filter(level -> level == 0)).hasSize(21);
    }

    @Test
    void rowsOfDifferentTimes_passTheirOwnLevels() {
        RecordingNetworks networks = new RecordingNetworks(LevelSchedule.PPF_3);
        GuidedNetworks guided = new GuidedNetworks(networks, Guidance.uniform(1, 3));
        FloatArray output =
                guided.output(FloatArray.zeros(4, 1, 1, 1), new double[] {0.9, 0.1, 0.6, 0.2}, new int[] {4, 3, 2, 1});
        assertThat(networks.levels).containsExactly(0, 1, 2);
        assertThat(networks.rows).containsExactly(2, 1, 1);
        assertThat(output.values()).containsExactly(4, 3, 2, 1);
    }

    @Test
    void guidanceOfOne_runsOneBranchAndGivesTheSameSamples() {
        RecordingNetworks skipped = new RecordingNetworks(LevelSchedule.PPF_2);
        FloatArray plain = sample(skipped, RungeKutta.HEUN, 4, 1.0, 0);
        assertThat(skipped.rows).containsOnly(3);
        RecordingNetworks doubled = new RecordingNetworks(LevelSchedule.PPF_2);
        FloatArray nearly = sample(doubled, RungeKutta.HEUN, 4, Math.nextUp(1.0), 0);
        assertThat(doubled.rows).containsOnly(6);
        for (int i = 0; i < plain.values().length; i++) {
            assertThat(nearly.values()[i]).isCloseTo(plain.values()[i], within(1e-6f));
        }
    }

    @Test
    void guidance_movesAwayFromTheBranchWithoutClassOnGuidedChannelsOnly() {
        RecordingNetworks networks = new RecordingNetworks(LevelSchedule.SIT);
        FloatArray output = new GuidedNetworks(networks, new Guidance(List.of(3.0), 1))
                .output(FloatArray.zeros(1, 2, 4, 4), new double[] {0.25}, new int[] {2});
        // The networks answer with the label: class 2, null 5; 5 + 3·(2 − 5) = −4 on channel 0.
        assertThat(Arrays.copyOf(output.values(), 16)).containsOnly(-4f);
        assertThat(Arrays.copyOfRange(output.values(), 16, 32)).containsOnly(2f);
    }

    @Test
    void guidanceInterval_runsTheSecondBranchInsideItOnly() {
        RecordingNetworks networks = new RecordingNetworks(LevelSchedule.SIT);
        GuidedNetworks guided =
                new GuidedNetworks(networks, Guidance.uniform(3, 1).within(0.25, 0.5));
        FloatArray output =
                guided.output(FloatArray.zeros(4, 1, 1, 1), new double[] {0.1, 0.25, 0.5, 0.6}, new int[] {2, 2, 2, 2});
        assertThat(output.values()).containsExactly(2, -4, -4, 2);
        assertThat(networks.rows).containsExactlyInAnyOrder(2, 4);
    }

    @Test
    void autoguidance_movesAwayFromTheWeakerModel() {
        RecordingNetworks strong = new RecordingNetworks(LevelSchedule.PPF_2);
        RecordingNetworks weak = new RecordingNetworks(LevelSchedule.SIT);
        SamplingPlan plan = new SamplingPlan(
                new SamplingMethod.Ode(RungeKutta.EULER, TimeGrid.even(2)),
                new Guidance(List.of(1.0, 2.0), Guidance.ALL_CHANNELS));
        EvaluationCounter counts = new EvaluationCounter(2);
        EvaluationCounter guideCounts = new EvaluationCounter(1);
        GuidedNetworks guided = plan.guided(strong, Optional.of(weak), counts, guideCounts);
        sampler(plan).sample(guided, 0);
        assertThat(counts.each(3).evaluations()).containsExactly(1.0, 1.0);
        assertThat(guideCounts.each(3).evaluations()).containsExactly(1.0);
        assertThat(strong.rows).containsOnly(3);
    }

    @Test
    void guidance_needsAScaleForEachLevel() {
        assertThatThrownBy(() -> new GuidedNetworks(new RecordingNetworks(LevelSchedule.PPF_3), Guidance.uniform(2, 2)))
                .hasMessage("guidance: 2 scales for 3 levels");
    }

    @Test
    void otherBoundaries_useTheModelsLevelsOfTheSamePatches() {
        RecordingNetworks networks = new RecordingNetworks(LevelSchedule.PPF_3);
        LevelSchedule shorter = LevelSchedule.parse("4x4:0.25,2x2");
        Rescheduled changed = new Rescheduled(networks, shorter, Rescheduled.levels(LevelSchedule.PPF_3, shorter));
        new GuidedNetworks(changed, Guidance.uniform(1, 2))
                .output(FloatArray.zeros(2, 1, 1, 1), new double[] {0.3, 0.2}, new int[] {0, 0});
        assertThat(networks.levels).containsExactly(0, 2);
        assertThatThrownBy(() -> Rescheduled.levels(LevelSchedule.PPF_2, LevelSchedule.parse("8x8:0.5,2x2")))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("8x8")
                .hasMessageContaining("[4x4, 2x2]");
    }

    @Test
    void sample_dependsOnSeedAndIndexAlone() {
        SamplingPlan plan = plan(RungeKutta.EULER, 3, 2.0, 1);
        Sampler sampler = sampler(plan);
        FloatArray ten = sampler.noise(0, 10);
        assertThat(sampler.noise(7, 2)).isEqualTo(ten.slice(7, 9));
        assertThat(sampler.labels(7, 2)).isEqualTo(Arrays.copyOfRange(sampler.labels(0, 10), 7, 9));
        GuidedNetworks networks = guided(plan, new RecordingNetworks(LevelSchedule.SIT));
        FloatArray second = sampler.sample(networks, 1);
        sampler.sample(networks, 0);
        assertThat(sampler.sample(networks, 1)).isEqualTo(second);
    }

    @Test
    void balancedClasses_haveEqualCountsInAShuffle() {
        int[] labels = new SampleClasses.Balanced(5).of(11, 0, 50);
        for (int label = 0; label < 5; label++) {
            int wanted = label;
            assertThat(Arrays.stream(labels).filter(value -> value == wanted)).hasSize(10);
        }
        assertThat(Arrays.copyOf(labels, 5)).isNotEqualTo(Arrays.copyOfRange(labels, 5, 10));
    }

    @Test
    void uniformClasses_areAllDrawn_andListedOnesComeRound() {
        assertThat(Arrays.stream(new SampleClasses.Uniform(5).of(11, 0, 200)).distinct())
                .hasSize(5);
        assertThat(new SampleClasses.Listed(7, 8, 9).of(11, 2, 4)).containsExactly(9, 7, 8, 9);
    }

    private static FloatArray sample(LevelNetworks networks, OdeSolver solver, int steps, double scale, int index) {
        SamplingPlan plan = plan(solver, steps, scale, networks.schedule().count());
        return sampler(plan).sample(guided(plan, networks), index);
    }

    private static SamplingPlan plan(OdeSolver solver, int steps, double scale, int levels) {
        return new SamplingPlan(new SamplingMethod.Ode(solver, TimeGrid.even(steps)), Guidance.uniform(scale, levels));
    }

    private static Sampler sampler(SamplingPlan plan) {
        return new Sampler(11, CONFIG, plan, new SampleClasses.Balanced(5), 3);
    }

    private static GuidedNetworks guided(SamplingPlan plan, LevelNetworks networks) {
        return plan.guided(networks, Optional.empty(), EvaluationListener.NONE, EvaluationListener.NONE);
    }
}
