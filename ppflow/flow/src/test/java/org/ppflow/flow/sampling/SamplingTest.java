package org.ppflow.flow.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ppflow.flow.level.Flops;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.model.DitConfig;
import org.ppflow.flow.model.PositionAlignment;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;

class SamplingTest {
    private static final DitConfig CONFIG =
            new DitConfig(2, 4, 4, 1, 8, 1, 4, 5, 0.1, false, true, PositionAlignment.TOP_LEFT);

    /** d x / d t = x·cos t has the answer x0·exp(sin t). */
    @ParameterizedTest
    @CsvSource({"euler, 1", "heun, 2"})
    void solver_hasItsOrder(String name, int order) {
        OdeSolver solver = OdeSolvers.named(name);
        VelocityField field = (x, t) -> FloatArray.vector((float) (x.values()[0] * Math.cos(t)));
        double truth = Math.exp(Math.sin(1));
        double coarse = Math.abs(
                solver.solve(field, FloatArray.vector(1), TimeGrid.even(8)).values()[0] - truth);
        double fine = Math.abs(
                solver.solve(field, FloatArray.vector(1), TimeGrid.even(32)).values()[0] - truth);
        // float32 states leave about 1e-7, far below both errors.
        assertThat(Math.log(coarse / fine) / Math.log(4)).isCloseTo(order, within(0.1));
    }

    @Test
    void solvers_rejectOtherNames() {
        assertThatThrownBy(() -> OdeSolvers.named("hein"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("'hein'")
                .hasMessageContaining("euler, heun");
    }

    @Test
    void evaluations_goThroughTheLevelOfTheirOwnTime() {
        Recorder networks = new Recorder(LevelSchedule.PPF_2);
        sampler(OdeSolvers.HEUN, 20, 2.0, 2).sample(networks, 0);
        // The second stage of the step to 0.5 is already at level 1.
        assertThat(networks.levels.stream().filter(level -> level == 0)).hasSize(19);
        assertThat(networks.levels.stream().filter(level -> level == 1)).hasSize(21);
    }

    @Test
    void ledger_countsWhatTheSolverDoes() {
        Flops flops = new Flops(4, 128, 16, 16);
        SamplingLedger ledger = SamplingLedger.count(
                LevelSchedule.PPF_2,
                OdeSolvers.HEUN,
                TimeGrid.even(20),
                new Guidance(List.of(1.0, 2.0), Guidance.ALL_CHANNELS),
                flops);
        assertThat(ledger.evaluations()).containsExactly(19, 21);
        assertThat(ledger.passes()).containsExactly(19, 42);
        assertThat(ledger.nfe()).isEqualTo(40);
        assertThat(ledger.flops())
                .isEqualTo(19 * flops.blocks(LevelSchedule.PPF_2.level(0))
                        + 42 * flops.blocks(LevelSchedule.PPF_2.level(1)));
    }

    @Test
    void guidanceOfOne_runsOneBranchAndGivesTheSameSamples() {
        Recorder skipped = new Recorder(LevelSchedule.PPF_2);
        FloatArray plain = sampler(OdeSolvers.HEUN, 4, 1.0, 2).sample(skipped, 0);
        assertThat(skipped.rows).containsOnly(3);
        Recorder doubled = new Recorder(LevelSchedule.PPF_2);
        FloatArray nearly = sampler(OdeSolvers.HEUN, 4, Math.nextUp(1.0), 2).sample(doubled, 0);
        assertThat(doubled.rows).containsOnly(6);
        for (int i = 0; i < plain.values().length; i++) {
            assertThat(nearly.values()[i]).isCloseTo(plain.values()[i], within(1e-6f));
        }
    }

    @Test
    void guidance_movesAwayFromTheBranchWithoutClassOnGuidedChannelsOnly() {
        Recorder networks = new Recorder(LevelSchedule.SIT);
        GuidedField field = new GuidedField(new GuidedNetworks(networks, new Guidance(List.of(3.0), 1)), new int[] {2});
        FloatArray velocity = field.velocity(FloatArray.zeros(1, 2, 4, 4), 0.25);
        // The recorder answers with the label: class 2, null 5; 5 + 3·(2 − 5) = −4 on channel 0.
        assertThat(Arrays.copyOf(velocity.values(), 16)).containsOnly(-4f);
        assertThat(Arrays.copyOfRange(velocity.values(), 16, 32)).containsOnly(2f);
    }

    @Test
    void guidance_needsAScaleForEachLevel() {
        assertThatThrownBy(() -> new GuidedNetworks(new Recorder(LevelSchedule.PPF_3), Guidance.uniform(2, 2)))
                .hasMessage("guidance: 2 scales for 3 levels");
    }

    @Test
    void sample_dependsOnSeedAndIndexAlone() {
        Sampler sampler = sampler(OdeSolvers.EULER, 3, 2.0, 1);
        FloatArray ten = sampler.noise(0, 10);
        assertThat(sampler.noise(7, 2)).isEqualTo(ten.slice(7, 9));
        assertThat(sampler.labels(7, 2)).isEqualTo(Arrays.copyOfRange(sampler.labels(0, 10), 7, 9));
        Recorder networks = new Recorder(LevelSchedule.SIT);
        FloatArray second = sampler.sample(networks, 1);
        sampler.sample(networks, 0);
        assertThat(sampler.sample(networks, 1)).isEqualTo(second);
    }

    @Test
    void labels_areBalanced() {
        int[] labels = sampler(OdeSolvers.EULER, 1, 1.0, 1).labels(0, 50);
        for (int label = 0; label < 5; label++) {
            int wanted = label;
            assertThat(Arrays.stream(labels).filter(value -> value == wanted)).hasSize(10);
        }
        assertThat(Arrays.copyOf(labels, 5)).isNotEqualTo(Arrays.copyOfRange(labels, 5, 10));
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 250, 251})
    void evenGrid_hasExactEndsAndMiddle(int steps) {
        TimeGrid grid = TimeGrid.even(steps);
        assertThat(grid.point(0)).isZero();
        assertThat(grid.point(steps)).isEqualTo(1.0);
        assertThat(grid.points().contains(0.5)).isEqualTo(steps % 2 == 0);
    }

    private static Sampler sampler(OdeSolver solver, int steps, double scale, int levels) {
        return new Sampler(11, CONFIG, solver, TimeGrid.even(steps), Guidance.uniform(scale, levels), 3);
    }

    /** Answers with the label of each row, and writes down what it was asked. */
    private static final class Recorder implements LevelNetworks {
        private final LevelSchedule schedule;
        private final List<Integer> levels = new ArrayList<>();
        private final List<Integer> rows = new ArrayList<>();

        Recorder(LevelSchedule schedule) {
            this.schedule = schedule;
        }

        @Override
        public LevelSchedule schedule() {
            return schedule;
        }

        @Override
        public FloatArray velocity(int level, FloatArray x, float[] times, int[] labels) {
            levels.add(level);
            rows.add(x.rows());
            FloatArray velocity = FloatArray.zeros(x.shape());
            for (int row = 0; row < x.rows(); row++) {
                Arrays.fill(velocity.values(), row * x.rowSize(), (row + 1) * x.rowSize(), labels[row]);
            }
            return velocity;
        }

        @Override
        public int nullClass() {
            return 5;
        }
    }
}
