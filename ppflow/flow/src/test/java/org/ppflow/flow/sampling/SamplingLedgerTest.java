package org.ppflow.flow.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ppflow.flow.level.Flops;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.model.ModelSize;
import org.ppflow.flow.transport.DiffusionForm;

class SamplingLedgerTest {
    private static final SamplingMethod PAPER = new SamplingMethod.Ode(RungeKutta.HEUN, TimeGrid.even(249));

    /** The paper's column, and that of every matrix product with guidance everywhere (method.md). */
    @ParameterizedTest
    @CsvSource({"B, ppf-2, 62.0, 62.1", "B, ppf-3, 49.2, 49.3", "XL, ppf-2, 62.2, 62.2", "XL, ppf-3, 49.4, 49.5"})
    void shares_areThoseOfThePaper(ModelSize size, String name, double blocks, double all) {
        LevelSchedule schedule = LevelSchedule.preset(name);
        SamplingLedger ledger = ledger(size, schedule, Guidance.uniform(2, schedule.count()));
        assertThat(100 * ledger.blocksShare()).isCloseTo(blocks, within(0.05));
        // 249, 124 and 125 evaluations of 498 are not quite the levels' lengths.
        assertThat(100 * ledger.allShare()).isCloseTo(all, within(0.15));
    }

    /** Where the second branch is skipped: method.md, row 14. */
    @ParameterizedTest
    @CsvSource({"ppf-2, '1.0,3.0', 56", "ppf-3, '1.0,3.5,3.75', 43"})
    void skippedBranches_areNotCounted(String name, String scales, double percent) {
        List<Double> each = com.google.common.base.Splitter.on(',').splitToList(scales).stream()
                .map(Double::valueOf)
                .toList();
        SamplingLedger ledger =
                ledger(ModelSize.XL, LevelSchedule.preset(name), new Guidance(each, Guidance.ALL_CHANNELS));
        assertThat(100 * ledger.allShare()).isCloseTo(percent, within(0.6));
        assertThat(ledger.counts().guided().get(0)).isZero();
    }

    @Test
    void ledger_countsWhatTheSolverDoes() {
        Flops flops = new Flops(4, 128, 16, 16, 4, 4, 4);
        SamplingCost cost = new SamplingCost(flops, LevelSchedule.PPF_2);
        SamplingPlan plan = new SamplingPlan(
                new SamplingMethod.Ode(RungeKutta.HEUN, TimeGrid.even(20)),
                new Guidance(List.of(1.0, 2.0), Guidance.ALL_CHANNELS));
        SamplingLedger ledger = SamplingLedger.count(cost, plan, Optional.empty());
        assertThat(ledger.counts().evaluations()).containsExactly(19.0, 21.0);
        assertThat(ledger.passes()).containsExactly(19.0, 42.0);
        assertThat(ledger.nfe()).isEqualTo(40);
        assertThat(ledger.blocksOfPasses())
                .isEqualTo(19 * flops.blocks(LevelSchedule.PPF_2.level(0))
                        + 42 * flops.blocks(LevelSchedule.PPF_2.level(1)));
    }

    @Test
    void sde_takesOneEvaluationAStep_heunTwo_andOneForTheLastStep() {
        for (SdeSolver.Method method : SdeSolver.Method.values()) {
            SdeSolver solver = new SdeSolver(method, DiffusionForm.SIGMA, 1, LastStep.TWEEDIE, 0.04);
            SamplingPlan plan =
                    new SamplingPlan(new SamplingMethod.Sde(solver, TimeGrid.even(10)), Guidance.uniform(1, 1));
            SamplingCost cost = new SamplingCost(ModelSize.S.imageNet(32, false).flops(), LevelSchedule.SIT);
            assertThat(SamplingLedger.count(cost, plan, Optional.empty()).nfe())
                    .isEqualTo(method == SdeSolver.Method.HEUN ? 21 : 11);
        }
    }

    @Test
    void autoguidance_countsTheWeakerModelsOwnLevels() {
        SamplingCost strong = new SamplingCost(ModelSize.B.imageNet(32, true).flops(), LevelSchedule.PPF_2);
        SamplingCost weak = new SamplingCost(ModelSize.S.imageNet(32, false).flops(), LevelSchedule.SIT);
        SamplingLedger ledger =
                SamplingLedger.count(strong, new SamplingPlan(PAPER, Guidance.uniform(2, 2)), Optional.of(weak));
        assertThat(ledger.passes()).containsExactly(249.0, 249.0);
        assertThat(ledger.guide().orElseThrow().counts().evaluations()).containsExactly(498.0);
        assertThat(ledger.all()).isGreaterThan(498 * weak.flops().all(LevelSchedule.SIT.finestPatch()));
    }

    @Test
    void adaptiveSolvers_areNotCountedBeforehand() {
        SamplingPlan plan =
                new SamplingPlan(new SamplingMethod.Ode(Dopri5.DEFAULT, TimeGrid.even(1)), Guidance.uniform(1, 1));
        SamplingCost cost = new SamplingCost(ModelSize.S.imageNet(32, false).flops(), LevelSchedule.SIT);
        assertThatThrownBy(() -> SamplingLedger.count(cost, plan, Optional.empty()))
                .hasMessageContaining("dopri5 is counted while it runs");
    }

    private static SamplingLedger ledger(ModelSize size, LevelSchedule schedule, Guidance guidance) {
        SamplingCost cost = new SamplingCost(size.imageNet(32, true).flops(), schedule);
        return SamplingLedger.count(cost, new SamplingPlan(PAPER, guidance), Optional.empty());
    }
}
